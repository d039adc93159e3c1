package dev.sluice.rule.compile;

import dev.sluice.deployment.DeploymentWish;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

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
            Node value = keys.node(key);
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

    private static void define(Map<String, String> definition, String path, Node value) {
        if (value instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                define(definition, path + "." + scalar(entry.getKeyNode()), entry.getValueNode());
            }
        } else if (value instanceof SequenceNode list) {
            definition.put(
                    path,
                    list.getValue().stream().map(TemplateUse::scalar).collect(Collectors.joining(", ", "[", "]")));
        } else {
            definition.put(path, scalar(value));
        }
    }

    private static String json(Node value) {
        if (value instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .map(entry -> quoted(scalar(entry.getKeyNode())) + ": " + json(entry.getValueNode()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value instanceof SequenceNode list
                ? list.getValue().stream().map(TemplateUse::json).collect(Collectors.joining(", ", "[", "]"))
                : quoted(scalar(value));
    }

    private static String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
