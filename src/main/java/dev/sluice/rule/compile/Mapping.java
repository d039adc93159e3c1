package dev.sluice.rule.compile;

import dev.sluice.text.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One YAML mapping of a rule file, read key by key; what is wrong with it goes to the problems. */
final class Mapping {
    private final String what;
    private final Place place;
    private final Place end;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final SourceText file;
    private final Problems problems;
    private @Nullable String rule;

    private Mapping(String what, MappingNode node, SourceText file, Problems problems) {
        this.what = what;
        this.file = file;
        this.problems = problems;
        this.place = YamlText.place(node);
        this.end = YamlText.end(node);
        for (NodeTuple entry : node.getValue()) {
            add(entry);
        }
    }

    /** @param what how messages call it, such as {@code a rule} */
    static @Nullable Mapping of(String what, Node node, SourceText file, Problems problems) {
        if (node instanceof MappingNode mapping) {
            return new Mapping(what, mapping, file, problems);
        }
        problems.error(YamlText.place(node), "wrong-type", null, what + " must be a mapping of keys to values");
        return null;
    }

    private void add(NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            problems.error(YamlText.place(entry.getKeyNode()), "wrong-type", null, "a key must be plain text");
            return;
        }
        NodeTuple first = entries.putIfAbsent(key.getValue(), entry);
        if (first != null) {
            problems.error(
                    YamlText.place(key),
                    "duplicate-key",
                    null,
                    "`" + key.getValue() + "` is already given at " + YamlText.place(first.getKeyNode())
                            + "; keep one of them");
        }
    }

    Place place() {
        return place;
    }

    /** Just past its text. */
    Place end() {
        return end;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The place of {@code key}; of the mapping when it has no such key. */
    Place keyPlace(String key) {
        NodeTuple entry = entries.get(key);
        return entry == null ? place : YamlText.place(entry.getKeyNode());
    }

    /** The place of what is under {@code key}; of the mapping when it has no such key. */
    Place valuePlace(String key) {
        NodeTuple entry = entries.get(key);
        return entry == null ? place : YamlText.place(entry.getValueNode());
    }

    Set<String> keys() {
        return entries.keySet();
    }

    /** From here on problems name this rule. */
    void nameProblemsAfter(@Nullable String ruleId) {
        rule = ruleId;
    }

    /** Reports every key that is neither {@code known} nor announced as {@code later}. */
    void allowOnly(List<String> known, List<String> later) {
        for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
            String key = entry.getKey();
            Place at = YamlText.place(entry.getValue().getKeyNode());
            if (later.contains(key)) {
                problems.error(
                        at,
                        "not-supported-yet",
                        rule,
                        "`" + key + "` in " + what + " is not available in this version of Sluice; remove it");
            } else if (!known.contains(key)) {
                problems.error(
                        at,
                        "unknown-key",
                        rule,
                        what + " has no key `" + key + "`; known are " + String.join(", ", known)
                                + NearestName.didYouMean(key, known));
            }
        }
    }

    /** The text under {@code key}; null when it is missing (a problem) or is no text (a problem). */
    @Nullable Located required(String key) {
        if (!entries.containsKey(key)) {
            problems.error(place, "missing-key", rule, what + " needs the key `" + key + "`");
            return null;
        }
        return optional(key);
    }

    /** The text under {@code key}; null when it is missing, or is no text (a problem). */
    @Nullable Located optional(String key) {
        Node node = node(key);
        return node == null ? null : text(node, key);
    }

    /** The text under {@code key}; null when it is missing or no text, which was told before. */
    @Nullable Located optionalQuietly(String key) {
        Node node = node(key);
        return node instanceof ScalarNode scalar && !scalar.getValue().isBlank() ? text(node, key) : null;
    }

    /** The texts under {@code key}, which may be one or a list; those that are no texts are problems. */
    List<Located> texts(String key) {
        Node node = node(key);
        if (!(node instanceof SequenceNode sequence)) {
            Located text = optional(key);
            return text == null ? List.of() : List.of(text);
        }
        if (sequence.getValue().isEmpty()) {
            problems.error(
                    YamlText.place(node),
                    "empty-value",
                    rule,
                    "`" + key + "` is empty; give a value or remove the key");
        }
        return sequence.getValue().stream()
                .map(item -> text(item, key))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Located text(Node node, String key) {
        if (!(node instanceof ScalarNode scalar)) {
            problems.error(YamlText.place(node), "wrong-type", rule, "`" + key + "` must be text");
            return null;
        }
        Place start = YamlText.place(node);
        ScalarText source = ScalarText.locate(file, start, scalar.getValue());
        if (scalar.getValue().isBlank()) {
            problems.error(start, "empty-value", rule, "`" + key + "` is empty; give a value or remove the key");
            return null;
        }
        return new Located(source.text(), start, source);
    }

    /** A description: free text, empty when missing. */
    String description() {
        Node node = node("description");
        if (node == null || node instanceof ScalarNode) {
            return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
                    ? scalar.getValue().strip()
                    : "";
        }
        problems.error(YamlText.place(node), "wrong-type", rule, "`description` must be text");
        return "";
    }

    /** The mapping under {@code key}; null when it is missing (a problem) or no mapping (a problem). */
    @Nullable Mapping mapping(String key, String name) {
        Node node = node(key);
        if (node == null) {
            problems.error(place, "missing-key", rule, what + " needs the key `" + key + "`");
            return null;
        }
        Mapping mapping = of(name, node, file, problems);
        if (mapping != null) {
            mapping.nameProblemsAfter(rule);
        }
        return mapping;
    }

    /** The mapping under {@code key}; null when it is missing, or no mapping (a problem). */
    @Nullable Mapping optionalMapping(String key, String name) {
        return has(key) ? mapping(key, name) : null;
    }

    /** The items under {@code key}; empty when it is missing (a problem) or no list (a problem). */
    List<Node> items(String key) {
        Node node = node(key);
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (node == null) {
            problems.error(place, "missing-key", rule, what + " needs the key `" + key + "`; an empty one is `[]`");
        } else {
            problems.error(
                    YamlText.place(node), "wrong-type", rule, "`" + key + "` must be a list; an empty one is `[]`");
        }
        return List.of();
    }

    /** What is under {@code key}; null when it is missing. */
    @Nullable Node node(String key) {
        NodeTuple entry = entries.get(key);
        return entry == null ? null : entry.getValueNode();
    }
}
