package dev.sluice.rule.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** The shape of a rule file: keys, required values and names. Expressions stay text. */
final class RuleFileReader {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,99}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    private static final List<String> FILE_KEYS = List.of("ruleset", "description", "rules");
    private static final List<String> FILE_KEYS_LATER = List.of("pools", "constants", "templates", "deployment");
    private static final List<String> RULE_KEYS = List.of("id", "description", "from", "when", "emit");
    private static final List<String> RULE_KEYS_LATER = List.of(
            "window", "partitionBy", "aggregate", "having", "every", "pool", "mode", "template", "with", "resolution");
    private static final List<String> EMIT_KEYS = List.of("type", "topic", "fields");
    private static final List<String> EMIT_KEYS_LATER = List.of("trigger");

    private final SourceText file;
    private final Problems problems;
    private final Map<String, Place> ids = new HashMap<>();

    RuleFileReader(SourceText file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The file with every rule that has all its parts; empty when it has no name. Problems say what is left out. */
    Optional<RuleFile> read(Node root) {
        Mapping top = Mapping.of("the rule file", root, file, problems);
        if (top == null) {
            return Optional.empty();
        }
        top.allowOnly(FILE_KEYS, FILE_KEYS_LATER);
        Located name = checked(top.required("ruleset"), ID, "a ruleset's name", null);
        List<RuleFile.Rule> rules = new ArrayList<>();
        for (Node item : top.items("rules")) {
            RuleFile.Rule rule = rule(item);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return Optional.of(new RuleFile(name == null ? "" : name.text(), top.description(), rules));
    }

    private RuleFile.@Nullable Rule rule(Node item) {
        Mapping keys = Mapping.of("a rule", item, file, problems);
        if (keys == null) {
            return null;
        }
        Located id = checked(keys.required("id"), ID, "a rule's id", null);
        keys.nameProblemsAfter(id == null ? null : id.text());
        keys.allowOnly(RULE_KEYS, RULE_KEYS_LATER);
        if (id != null) {
            refuseSecond(id);
        }
        Located from = keys.required("from");
        Located when = keys.optional("when");
        RuleFile.Emission emit = emit(keys.mapping("emit", "`emit`"), id);
        String description = keys.description();
        if (id == null || from == null || emit == null) {
            return null;
        }
        return new RuleFile.Rule(id, description, from, when, emit);
    }

    private void refuseSecond(Located id) {
        Place first = ids.putIfAbsent(id.text(), id.place());
        if (first != null) {
            problems.error(
                    id.place(),
                    "duplicate-rule",
                    id.text(),
                    "rule id `" + id.text() + "` is already used at " + first + "; give each rule an id of its own");
        }
    }

    private RuleFile.@Nullable Emission emit(@Nullable Mapping keys, @Nullable Located rule) {
        if (keys == null) {
            return null;
        }
        String ruleId = rule == null ? null : rule.text();
        keys.allowOnly(EMIT_KEYS, EMIT_KEYS_LATER);
        Located type = checked(keys.required("type"), NAME, "an emit type", ruleId);
        Located topic = keys.optional("topic");
        Mapping fields = keys.mapping("fields", "`fields`");
        if (type == null || fields == null) {
            return null;
        }
        if (fields.keys().isEmpty()) {
            problems.error(
                    fields.place(), "empty-value", ruleId, "`fields` is empty; an emit needs at least one field");
        }
        Map<String, Located> expressions = new LinkedHashMap<>();
        for (String name : fields.keys()) {
            Located expression = fields.optional(name);
            if (!NAME.matcher(name).matches()) {
                problems.error(
                        expression == null ? fields.place() : expression.place(),
                        "invalid-name",
                        ruleId,
                        "`" + shortened(name) + "` is no field name; use letters, digits and _, a letter first");
            } else if (expression != null) {
                expressions.put(name, expression);
            }
        }
        return new RuleFile.Emission(type, topic, expressions);
    }

    private @Nullable Located checked(@Nullable Located name, Pattern pattern, String what, @Nullable String rule) {
        if (name == null || pattern.matcher(name.text()).matches()) {
            return name;
        }
        String allowed = pattern == ID
                ? "lower-case letters, digits and -, a letter first"
                : "letters, digits and _, a letter first";
        problems.error(
                name.place(),
                "invalid-name",
                rule,
                "`" + shortened(name.text()) + "` cannot be " + what + "; use at most 100 " + allowed);
        return null;
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "...";
    }
}
