package dev.sluice.rule.compile;

import dev.sluice.text.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One YAML mapping of a rule file, read key by key; what is wrong with it goes to the problems. */
final class Mapping {
    private final String what;
    private final Place place;
    private final Place end;
    private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    private final SourceText file;
    private final Problems problems;
    private @Nullable String rule;

    private Mapping(String what, YamlNode.Mapping node, SourceText file, Problems problems) {
        this.what = what;
        this.file = file;
        this.problems = problems;
        this.place = node.place();
        this.end = node.end();
        for (YamlNode.Entry entry : node.entries()) {
            add(entry);
        }
    }

    /** @param what how messages call it, such as {@code a rule} */
    static @Nullable Mapping of(String what, YamlNode node, SourceText file, Problems problems) {
        if (node instanceof YamlNode.Mapping mapping) {
            return new Mapping(what, mapping, file, problems);
        }
        problems.error(node.place(), "wrong-type", null, what + " must be a mapping of keys to values");
        return null;
    }

    private void add(YamlNode.Entry entry) {
        if (!(entry.key() instanceof YamlNode.Scalar key)) {
            problems.error(entry.key().place(), "wrong-type", null, "a key must be plain text");
            return;
        }
        YamlNode.Entry first = entries.putIfAbsent(key.value(), entry);
        if (first != null) {
            problems.error(
                    key.place(),
                    "duplicate-key",
                    null,
                    "`" + key.value() + "` is already given at " + first.key().place() + "; keep one of them");
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
        YamlNode.Entry entry = entries.get(key);
        return entry == null ? place : entry.key().place();
    }

    /** The place of what is under {@code key}; of the mapping when it has no such key. */
    Place valuePlace(String key) {
        YamlNode.Entry entry = entries.get(key);
        return entry == null ? place : entry.value().place();
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
        for (Map.Entry<String, YamlNode.Entry> entry : entries.entrySet()) {
            String key = entry.getKey();
            Place at = entry.getValue().key().place();
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
        YamlNode node = node(key);
        return node == null ? null : text(node, key);
    }

    /** The text under {@code key}; null when it is missing or no text, which was told before. */
    @Nullable Located optionalQuietly(String key) {
        YamlNode node = node(key);
        return node instanceof YamlNode.Scalar scalar && !scalar.value().isBlank() ? text(node, key) : null;
    }

    /** The texts under {@code key}, which may be one or a list; those that are no texts are problems. */
    List<Located> texts(String key) {
        YamlNode node = node(key);
        if (!(node instanceof YamlNode.Sequence sequence)) {
            Located text = optional(key);
            return text == null ? List.of() : List.of(text);
        }
        if (sequence.items().isEmpty()) {
            problems.error(node.place(), "empty-value", rule, "`" + key + "` is empty; give a value or remove the key");
        }
        return sequence.items().stream()
                .map(item -> text(item, key))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable Located text(YamlNode node, String key) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            problems.error(node.place(), "wrong-type", rule, "`" + key + "` must be text");
            return null;
        }
        if (scalar.value().isBlank()) {
            problems.error(node.place(), "empty-value", rule, "`" + key + "` is empty; give a value or remove the key");
            return null;
        }
        return Located.of(scalar, file);
    }

    /** A description: free text, empty when missing. */
    String description() {
        YamlNode node = node("description");
        if (node == null || node instanceof YamlNode.Scalar) {
            return node instanceof YamlNode.Scalar scalar && !scalar.tag().equals(Tag.NULL)
                    ? scalar.value().strip()
                    : "";
        }
        problems.error(node.place(), "wrong-type", rule, "`description` must be text");
        return "";
    }

    /** The mapping under {@code key}; null when it is missing (a problem) or no mapping (a problem). */
    @Nullable Mapping mapping(String key, String name) {
        YamlNode node = node(key);
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
    List<YamlNode> items(String key) {
        YamlNode node = node(key);
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        if (node == null) {
            problems.error(place, "missing-key", rule, what + " needs the key `" + key + "`; an empty one is `[]`");
        } else {
            problems.error(node.place(), "wrong-type", rule, "`" + key + "` must be a list; an empty one is `[]`");
        }
        return List.of();
    }

    /** What is under {@code key}; null when it is missing. */
    @Nullable YamlNode node(String key) {
        YamlNode.Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }
}
