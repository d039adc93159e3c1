package dev.sluice.rule.compile;

import dev.sluice.deployment.DeploymentWish;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A deployment that names a template of the fleet's settings in the place of a strategy. */
final class TemplateUse {
    private TemplateUse() {}

    /** The template's name; null where the strategy is one of Sluice's, is missing, or cannot be a template's name. */
    static @Nullable String name(Mapping keys) {
        Located strategy = keys.optionalQuietly(StrategyReader.KEY);
        return strategy == null
                        || StrategyReader.NAMES.contains(strategy.text())
                        || !Names.Kind.ID.allows(strategy.text())
                ? null
                : strategy.text();
    }

    /** @param keys without any problem: scalars, a list of them, or a mapping of them */
    static DeploymentWish of(String template, Mapping keys) {
        Map<String, String> definition = new LinkedHashMap<>();
        definition.put(StrategyReader.KEY, template);
        StringBuilder text = new StringBuilder();
        for (String key : keys.keys()) {
            YamlNode value = keys.node(key);
            if (value != null) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(quoted(key))
                        .append(": ")
                        .append(json(value));
                define(definition, key, value);
            }
        }
        return new DeploymentWish.OnTemplate(template, definition, "{" + text + "}");
    }

    private static void define(Map<String, String> definition, String path, YamlNode value) {
        if (value instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                define(definition, path + "." + scalar(entry.key()), entry.value());
            }
        } else if (value instanceof YamlNode.Sequence list) {
            definition.put(
                    path, list.items().stream().map(TemplateUse::scalar).collect(Collectors.joining(", ", "[", "]")));
        } else {
            definition.put(path, scalar(value));
        }
    }

    private static String json(YamlNode value) {
        if (value instanceof YamlNode.Mapping mapping) {
            return mapping.entries().stream()
                    .map(entry -> quoted(scalar(entry.key())) + ": " + json(entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof YamlNode.Sequence list
                ? list.items().stream().map(TemplateUse::json).collect(Collectors.joining(", ", "[", "]"))
                : quoted(scalar(value));
    }

    private static String scalar(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar ? scalar.value().strip() : "";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
