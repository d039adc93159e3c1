package dev.sluice.rule.compile;

import dev.sluice.rule.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code templates} of a rule file. */
final class TemplateReader {
    private static final List<String> KEYS = Stream.of(
                    List.of("description", "parameters"), BodyReader.KEYS, List.of("priority"))
            .flatMap(List::stream)
            .toList();

    private final Problems problems;
    private final Map<String, Constant> constants;
    private final Names names;
    private final BodyReader bodies;
    private final PriorityReader priorities;

    TemplateReader(Problems problems, Mode mode, Map<String, Constant> constants) {
        this.problems = problems;
        this.constants = constants;
        this.names = new Names(problems);
        this.bodies = new BodyReader(problems);
        this.priorities = new PriorityReader(problems, mode);
    }

    /** All templates that can be named, those with problems too; none for null. */
    List<Template> templates(@Nullable Mapping entries) {
        if (entries == null) {
            return List.of();
        }
        List<Template> templates = new ArrayList<>();
        for (String name : entries.keys()) {
            Place place = entries.keyPlace(name);
            Mapping keys = entries.mapping(name, "template `" + Names.shortened(name) + "`");
            boolean named = names.allows(name, place, Names.Kind.NAME, "a template's name");
            if (keys == null || !named) {
                templates.add(new Template(name, place, place, Map.of(), "", 0, null));
            } else {
                templates.add(template(name, place, keys));
            }
        }
        return templates;
    }

    private Template template(String name, Place place, Mapping keys) {
        keys.allowOnly(KEYS, RuleReader.KEYS_LATER);
        Map<String, Place> parameters = new LinkedHashMap<>();
        for (YamlNode item : keys.items("parameters")) {
            parameter(item, name, parameters);
        }
        return new Template(
                name,
                place,
                keys.end(),
                parameters,
                keys.description(),
                priorities.read(keys, null).orElse(0),
                bodies.read(keys, null));
    }

    private void parameter(YamlNode item, String template, Map<String, Place> parameters) {
        Place place = item.place();
        if (!(item instanceof YamlNode.Scalar scalar)) {
            problems.error(place, "wrong-type", null, "a parameter must be a name");
            return;
        }
        String name = scalar.value();
        if (!names.allowsInExpressions(name, place, "a parameter")) {
            return;
        }
        Constant constant = constants.get(name);
        if (constant != null) {
            problems.error(
                    place,
                    "ambiguous-name",
                    null,
                    "parameter `" + name + "` of template `" + template + "` has the name of the constant at "
                            + constant.place() + "; rename one of them");
        }
        if (parameters.putIfAbsent(name, place) != null) {
            problems.error(place, "duplicate-key", null, "parameter `" + name + "` is already given; keep one of them");
        }
    }
}
