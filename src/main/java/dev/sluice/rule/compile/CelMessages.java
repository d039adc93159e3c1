package dev.sluice.rule.compile;

import dev.sluice.rule.EventType;
import dev.sluice.rule.Field;
import dev.sluice.rule.Timer;
import dev.sluice.text.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the CEL parser and checker say, in the words of the rule language and with the exact place. */
final class CelMessages {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");
    private static final Pattern UNDEFINED_FIELD = Pattern.compile("undefined field '([^']*)'.*");
    private static final Pattern NO_SELECTION = Pattern.compile("type '(.*)' does not support field selection");
    private static final Pattern OVERLOAD = Pattern.compile(
            "found no matching overload for '([^']*)' applied to '(.*)' \\(candidates: (.*)\\)", Pattern.DOTALL);
    private static final Pattern UNEXPECTED = Pattern.compile(
            "(?:mismatched|extraneous|no viable alternative at) input '(.*?)'(?: expecting .*)?", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("missing '(.*?)' at .*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("For input string: \"(.*)\".*", Pattern.DOTALL);

    private static final List<String> FUNCTIONS = List.of(
            "size",
            "contains",
            "startsWith",
            "endsWith",
            "matches",
            "charAt",
            "indexOf",
            "lastIndexOf",
            "lowerAscii",
            "upperAscii",
            "replace",
            "split",
            "join",
            "substring",
            "trim",
            "int",
            "double",
            "string",
            "bool",
            "bytes",
            "timestamp",
            "duration",
            "getFullYear",
            "getMonth",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getHours",
            "getMinutes",
            "getSeconds",
            "getMilliseconds",
            "has",
            "all",
            "exists",
            "exists_one",
            "map",
            "filter",
            "dyn",
            "type",
            "math");

    private final EventType eventType;
    private final int[] text;

    CelMessages(EventType eventType, String text) {
        this.eventType = eventType;
        this.text = text.codePoints().toArray();
    }

    /** @param offset of the issue as CEL gives it, in code points from 0 */
    Finding finding(int offset, String issue) {
        Optional<String> unnamed = PoolFunctions.withoutName(issue);
        if (unnamed.isPresent()) {
            String function = unnamed.get();
            return Finding.error("wrong-arguments", before(offset, function), PoolFunctions.needsName(function));
        }
        Optional<String> pool = PoolFunctions.unknownPool(issue);
        if (pool.isPresent()) {
            return Finding.error("unknown-pool", offset, PoolFunctions.noPool(pool.get()));
        }
        Matcher undeclared = UNDECLARED.matcher(issue);
        if (undeclared.matches()) {
            return undeclared(offset, undeclared.group(1));
        }
        Matcher undefined = UNDEFINED_FIELD.matcher(issue);
        if (undefined.matches()) {
            String name = undefined.group(1);
            return Finding.error(
                    "unknown-field",
                    after(offset, name),
                    "the record has no field `" + name + "`" + NearestName.didYouMean(name, nestedNames()));
        }
        Matcher selection = NO_SELECTION.matcher(issue);
        if (selection.matches()) {
            return Finding.error(
                    "wrong-type", offset, TypeNames.plain(selection.group(1)) + " has no fields to select with `.`");
        }
        Matcher overload = OVERLOAD.matcher(issue);
        if (overload.matches()) {
            return overload(offset, overload);
        }
        return syntax(offset, issue);
    }

    private Finding undeclared(int offset, String name) {
        int at = before(offset, name);
        if (isCall(at + name.length())) {
            return Finding.error("unknown-function", at, "there is no function `" + name + "`" + functionHint(name));
        }
        List<String> known = eventType.fields().stream().map(Field::name).toList();
        String message = eventType.equals(Timer.SCOPE)
                ? "a rule with `every` knows `tick`, `instance` and figures of pools, but no `" + name + "`"
                : eventType.name() + " has no field `" + name + "`";
        return Finding.unknown("unknown-field", at, new Finding.Unknown(name, message, known));
    }

    private String functionHint(String name) {
        boolean timed = eventType.equals(Timer.SCOPE);
        if (PoolFunctions.NAMES.contains(name) && !timed) {
            return " here; figures of pools are for rules with `every`";
        }
        List<String> known = new ArrayList<>(FUNCTIONS);
        known.addAll(timed ? PoolFunctions.NAMES : List.of());
        return NearestName.didYouMean(name, known);
    }

    private Finding overload(int offset, Matcher overload) {
        String function = overload.group(1);
        String types = TypeNames.plain(overload.group(2));
        String operation = operation(function);
        if (operation.equals(function)) {
            String taken = TypeNames.plain(overload.group(3)).replace("),(", ") or (");
            return Finding.error(
                    "wrong-type",
                    before(offset, function),
                    "`" + function + "` cannot be called with " + types + "; it takes " + taken);
        }
        return Finding.error("wrong-type", offset, mismatch(operation, types.substring(1, types.length() - 1)));
    }

    private static String mismatch(String operation, String types) {
        boolean comparesNull = types.endsWith(", null") || types.startsWith("null, ");
        if (comparesNull && (operation.equals("==") || operation.equals("!="))) {
            return "`" + operation + "` with null: the other side, " + types.replaceAll("null, |, null", "")
                    + ", is never null; remove the comparison";
        }
        if (operation.equals("? :")) {
            return "`? :` needs a bool condition and two results of one type, not " + types;
        }
        if (operation.equals("&&") || operation.equals("||") || operation.equals("!")) {
            return "`" + operation + "` needs bool, not " + types;
        }
        String hint =
                types.equals("int, double") || types.equals("double, int") ? "; convert the int with double(...)" : "";
        return "`" + operation + "` cannot be applied to " + types.replaceFirst(", (?=[^,()]*$)", " and ") + hint;
    }

    private Finding syntax(int offset, String issue) {
        Matcher token = TOKEN.matcher(issue);
        if (token.matches()) {
            String rest = token.group(1);
            String hint = rest.startsWith("=")
                    ? "; compare with =="
                    : rest.startsWith("&") ? "; use &&" : rest.startsWith("|") ? "; use ||" : quoteHint(rest);
            return Finding.error("syntax", offset, "`" + rest.strip() + "` cannot be read here" + hint);
        }
        Matcher unexpected = UNEXPECTED.matcher(issue);
        if (unexpected.matches()) {
            String what = unexpected.group(1);
            return Finding.error(
                    "syntax",
                    offset,
                    what.equals("<EOF>")
                            ? "the expression ends too early; a value, name or closing bracket is missing"
                            : "`" + what + "` is not expected here");
        }
        Matcher missing = MISSING.matcher(issue);
        if (missing.matches()) {
            return Finding.error("syntax", offset, "`" + missing.group(1) + "` is missing here");
        }
        Matcher number = NUMBER.matcher(issue);
        if (number.matches()) {
            return Finding.error("syntax", offset, "`" + number.group(1) + "` does not fit a 64-bit number");
        }
        return Finding.error(
                "syntax", offset, TypeNames.plain(issue.lines().findFirst().orElse("not readable")));
    }

    private static String quoteHint(String rest) {
        return rest.startsWith("\"") || rest.startsWith("'") ? "; close the text with the same quote" : "";
    }

    /** The operator as written, for CEL's internal names; other names stay. */
    static String operation(String function) {
        return switch (function) {
            case "_?_:_" -> "? :";
            case "_[_]" -> "[ ]";
            case "@in", "_in_" -> "in";
            case "!_" -> "!";
            case "-_" -> "-";
            case "_&&_" -> "&&";
            case "_||_" -> "||";
            case "_==_" -> "==";
            case "_<_" -> "<";
            case "_<=_" -> "<=";
            case "_>_" -> ">";
            case "_>=_" -> ">=";
            default ->
                function.length() > 2 && function.startsWith("_") && function.endsWith("_")
                        ? function.substring(1, function.length() - 1)
                        : function;
        };
    }

    private List<String> nestedNames() {
        List<String> names = new ArrayList<>();
        eventType.fields().forEach(field -> RecordFields.collect(field.type(), names));
        return names;
    }

    private boolean isCall(int at) {
        int next = at;
        while (next < text.length && Character.isWhitespace(text[next])) {
            next++;
        }
        return next < text.length && text[next] == '(';
    }

    private int after(int offset, String name) {
        for (int at = offset; at <= text.length - name.length(); at++) {
            if (startsWith(at, name)) {
                return at;
            }
        }
        return offset;
    }

    private int before(int offset, String name) {
        for (int at = Math.min(offset, text.length - name.length()); at >= 0; at--) {
            if (startsWith(at, name)) {
                return at;
            }
        }
        return offset;
    }

    private boolean startsWith(int at, String name) {
        int length = name.codePointCount(0, name.length());
        return at + length <= text.length && new String(text, at, length).equals(name);
    }
}
