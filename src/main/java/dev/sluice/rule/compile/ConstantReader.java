package dev.sluice.rule.compile;

import dev.sluice.text.NearestName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Named values: the {@code constants} of a rule file, and what a rule gives to its template with {@code with}. */
final class ConstantReader {
    private final Problems problems;
    private final Names names;

    ConstantReader(Problems problems) {
        this.problems = problems;
        this.names = new Names(problems);
    }

    /** The constants that have a name, in the order of the file; none for null. */
    Map<String, Constant> constants(@Nullable Mapping entries) {
        Map<String, Constant> constants = new LinkedHashMap<>();
        if (entries == null) {
            return constants;
        }
        for (String name : entries.keys()) {
            Place place = entries.keyPlace(name);
            String literal = literal(entries.node(name), name, null);
            if (names.allowsInExpressions(name, place, "a constant")) {
                constants.put(
                        name, literal == null ? Constant.unknown(name, place) : new Constant(name, place, literal));
            }
        }
        return constants;
    }

    /**
     * A value for each parameter of {@code template}; null with problems.
     *
     * @param rule the keys of a rule that names the template
     */
    @Nullable Map<String, Constant> arguments(Template template, Mapping rule, String id) {
        Mapping entries = rule.optionalMapping("with", "`with`");
        if (entries == null && rule.has("with")) {
            return null;
        }
        Map<String, Constant> arguments = new LinkedHashMap<>();
        boolean complete = entries == null || knowsAll(entries, template, id);
        for (Map.Entry<String, Place> parameter : template.parameters().entrySet()) {
            String name = parameter.getKey();
            YamlNode value = entries == null ? null : entries.node(name);
            if (value == null) {
                problems.error(
                        entries == null ? rule.keyPlace("template") : entries.place(),
                        "missing-parameter",
                        id,
                        "template `" + template.name() + "` needs a value for `" + name + "`; give it under `with`");
            }
            String literal = literal(value, name, id);
            if (literal == null) {
                complete = false;
            } else {
                arguments.put(name, new Constant(name, parameter.getValue(), literal));
            }
        }
        return complete ? arguments : null;
    }

    private boolean knowsAll(Mapping entries, Template template, String id) {
        boolean all = true;
        for (String name : entries.keys()) {
            // Of a template with problems the parameters may not all be known.
            if (!template.parameters().containsKey(name) && template.body() != null) {
                all = false;
                problems.error(
                        entries.keyPlace(name),
                        "unknown-parameter",
                        id,
                        "template `" + template.name() + "` has no parameter `" + Names.shortened(name) + "`"
                                + (template.parameters().isEmpty()
                                        ? "; remove it"
                                        : NearestName.hint(
                                                name, template.parameters().keySet())));
            }
        }
        return all;
    }

    private @Nullable String literal(@Nullable YamlNode value, String name, @Nullable String rule) {
        if (value == null) {
            return null;
        }
        LiteralText.Result result = LiteralText.of(value);
        if (result.problem() != null) {
            problems.error(result.place(), "wrong-type", rule, "`" + Names.shortened(name) + "` " + result.problem());
        }
        return result.text();
    }
}
