package dev.sluice.config;

import dev.sluice.text.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping of a YAML file. What is not of the wanted shape becomes a problem in the list given at construction. */
final class YamlMapping {
    private final String file;
    private final Place place;
    private final Map<String, Node> values;
    private final Map<String, Place> keys;
    private final List<ConfigProblem> problems;

    private YamlMapping(String file, Place place, List<ConfigProblem> problems) {
        this.file = file;
        this.place = place;
        this.values = new LinkedHashMap<>();
        this.keys = new LinkedHashMap<>();
        this.problems = problems;
    }

    static YamlMapping empty(String file, List<ConfigProblem> problems) {
        return new YamlMapping(file, Place.named(file), problems);
    }

    static Optional<YamlMapping> of(String file, Node node, List<ConfigProblem> problems) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(Place.of(file, node).problem("a mapping of keys to values is expected here"));
            return Optional.empty();
        }
        YamlMapping result = new YamlMapping(file, Place.of(file, node), problems);
        mapping.getValue().forEach(result::add);
        return Optional.of(result);
    }

    Place place() {
        return place;
    }

    /** Place of a key's value; of the mapping when it lacks the key. */
    Place placeOf(String key) {
        Node node = values.get(key);
        return node == null ? place : Place.of(file, node);
    }

    void refuseKeysOtherThan(List<String> known) {
        keys.forEach((key, where) -> {
            if (!known.contains(key)) {
                problems.add(where.problem("unknown key '" + key + "'" + NearestName.hint(key, known)));
            }
        });
    }

    Optional<String> text(String key) {
        Node node = values.get(key);
        return node == null ? Optional.empty() : text(key, node);
    }

    OptionalInt integer(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.get()));
        } catch (NumberFormatException e) {
            problems.add(placeOf(key).problem(key + ": '" + text.get() + "' is not a whole number"));
            return OptionalInt.empty();
        }
    }

    Optional<YamlMapping> mapping(String key) {
        Node node = values.get(key);
        return node == null ? Optional.empty() : of(file, node, problems);
    }

    List<YamlMapping> mappings(String key) {
        List<YamlMapping> result = new ArrayList<>();
        for (Node item : items(key)) {
            of(file, item, problems).ifPresent(result::add);
        }
        return result;
    }

    /**
     * All values under their keys, nested keys joined by a dot, lists joined by a comma: {@code ssl: {protocol: TLS}}
     * is {@code ssl.protocol}.
     */
    Map<String, Setting> flattened() {
        Map<String, Setting> result = new LinkedHashMap<>();
        values.forEach((key, node) -> {
            if (node instanceof MappingNode) {
                mapping(key)
                        .ifPresent(nested ->
                                nested.flattened().forEach((name, setting) -> result.put(key + "." + name, setting)));
            } else if (node instanceof SequenceNode) {
                List<String> texts = new ArrayList<>();
                items(key).forEach(item -> text(key, item).ifPresent(texts::add));
                result.put(key, new Setting(String.join(",", texts), placeOf(key)));
            } else {
                text(key).ifPresent(text -> result.put(key, new Setting(text, placeOf(key))));
            }
        });
        return result;
    }

    private List<Node> items(String key) {
        Node node = values.get(key);
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (node != null) {
            problems.add(placeOf(key).problem(key + ": a list is expected here"));
        }
        return List.of();
    }

    private Optional<String> text(String key, Node node) {
        if (node instanceof ScalarNode scalar && !node.getTag().equals(Tag.NULL)) {
            return Optional.of(scalar.getValue());
        }
        problems.add(Place.of(file, node).problem(key + ": a text or a number is expected here"));
        return Optional.empty();
    }

    private void add(NodeTuple tuple) {
        Place where = Place.of(file, tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(where.problem("a key must be a plain word"));
        } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            problems.add(where.problem("key '" + key.getValue() + "' is here twice; keep one of the two"));
        } else {
            keys.put(key.getValue(), where);
        }
    }
}
