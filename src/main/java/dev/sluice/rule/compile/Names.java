package dev.sluice.rule.compile;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for names in a rule file. */
final class Names {
    /** Names that expressions already have: a constant of that name would take another meaning from them. */
    static final Set<String> OF_LANGUAGE = Set.of(
            "true",
            "false",
            "null",
            "in",
            "math",
            "int",
            "uint",
            "double",
            "bool",
            "string",
            "bytes",
            "list",
            "map",
            "type",
            "null_type",
            "dyn",
            "google");

    private final Problems problems;

    /** The two kinds of names. */
    enum Kind {
        ID("[a-z][a-z0-9-]{0,99}", "lower-case letters, digits and -, a letter first"),
        NAME("[A-Za-z_][A-Za-z0-9_]{0,99}", "letters, digits and _, a letter first");

        private final Pattern pattern;
        private final String allowed;

        Kind(String pattern, String allowed) {
            this.pattern = Pattern.compile(pattern);
            this.allowed = allowed;
        }

        boolean allows(String name) {
            return pattern.matcher(name).matches();
        }
    }

    Names(Problems problems) {
        this.problems = problems;
    }

    /**
     * The name, or null with a problem.
     *
     * @param what how the message calls it, such as {@code a rule's id}
     */
    @Nullable Located checked(@Nullable Located name, Kind kind, String what, @Nullable String rule) {
        return name == null || allows(name.text(), name.place(), kind, new Use(what, rule)) ? name : null;
    }

    /** Whether this can be a name of the kind; a problem tells why not. */
    boolean allows(String name, Place place, Kind kind, String what) {
        return allows(name, place, kind, new Use(what, null));
    }

    /** Whether a constant or parameter can have this name; a problem tells why not. */
    boolean allowsInExpressions(String name, Place place, String what) {
        return allowsInExpressions(name, place, new Use(what, null));
    }

    /** Whether what expressions are to name can have this name; a problem tells why not. */
    boolean allowsInExpressions(String name, Place place, Use use) {
        if (!allows(name, place, Kind.NAME, use)) {
            return false;
        }
        if (OF_LANGUAGE.contains(name)) {
            problems.error(
                    place,
                    "invalid-name",
                    use.rule(),
                    "`" + name + "` has a meaning of its own in expressions; give " + use.what() + " another name");
            return false;
        }
        return true;
    }

    /**
     * What is to be named.
     *
     * @param what how the message calls it, such as {@code a constant}
     * @param rule id of the rule concerned
     */
    record Use(String what, @Nullable String rule) {}

    private boolean allows(String name, Place place, Kind kind, Use use) {
        if (kind.allows(name)) {
            return true;
        }
        problems.error(
                place,
                "invalid-name",
                use.rule(),
                "`" + shortened(name) + "` cannot be " + use.what() + "; use at most 100 " + kind.allowed);
        return false;
    }

    static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "...";
    }
}
