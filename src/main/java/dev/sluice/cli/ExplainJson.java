package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.evaluation.AccessPath;
import dev.sluice.evaluation.Explanation;
import dev.sluice.evaluation.Explanation.Tested;
import dev.sluice.rule.CompiledRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Explanations as JSON for scripts. */
final class ExplainJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ExplainJson() {}

    static ObjectNode way(CompiledRule rule, List<AccessPath> paths) {
        ObjectNode node = NODES.objectNode();
        node.put("rule", rule.id());
        source(node, rule);
        ExplainCommand.needed(rule).forEach(node.putArray("needs")::add);
        ExplainCommand.emitted(rule).forEach(node.putArray("needsWhenMatched")::add);
        ArrayNode alternatives = node.putArray("alternatives");
        for (AccessPath path : paths) {
            ObjectNode alternative = alternatives.addObject();
            ArrayNode steps = alternative.putArray("found");
            path.steps()
                    .forEach(step -> steps.addObject()
                            .put("search", step.search().name())
                            .put("subject", step.subject())
                            .put("predicate", step.predicate())
                            .put("left", step.left()));
            path.checks().forEach(alternative.putArray("checks")::add);
        }
        ExplainWindow.addTo(node, rule);
        return node;
    }

    /** What sets the rule off: events of a type, or the clock. */
    private static void source(ObjectNode node, CompiledRule rule) {
        if (rule.timer() == null) {
            node.put("from", rule.from());
        } else {
            node.put("everyMs", rule.timer().everyMs());
        }
    }

    static ObjectNode outcome(Explanation explanation) {
        ObjectNode node = NODES.objectNode();
        node.put("rule", explanation.rule().id());
        node.put("path", explanation.path());
        source(node, explanation.rule());
        node.put("outcome", explanation.outcome().name());
        node.put("reason", explanation.reason());
        ArrayNode alternatives = node.putArray("alternatives");
        for (List<Tested> alternative : explanation.alternatives()) {
            ArrayNode tests = alternatives.addArray();
            for (Tested tested : alternative) {
                ObjectNode test = tests.addObject();
                test.put("condition", tested.text());
                test.put("truth", tested.truth().name());
                test.set("seen", values(tested.seen()));
                test.put("reason", tested.reason());
            }
        }
        node.set("values", values(explanation.values()));
        return node;
    }

    private static ObjectNode values(Map<String, @Nullable Object> values) {
        ObjectNode node = NODES.objectNode();
        values.forEach((name, value) -> node.set(name, value(value)));
        return node;
    }

    /** A value of an event: what JSON has no type for becomes text, as the language writes it. */
    static JsonNode value(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Boolean bool) {
            return NODES.booleanNode(bool);
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Double number) {
            return NODES.numberNode(number);
        }
        if (value instanceof byte[] bytes) {
            return NODES.binaryNode(bytes);
        }
        if (value instanceof List<?> list) {
            ArrayNode node = NODES.arrayNode();
            list.forEach(each -> node.add(value(each)));
            return node;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode node = NODES.objectNode();
            map.forEach((key, each) -> node.set(String.valueOf(key), value(each)));
            return node;
        }
        return NODES.textNode(value.toString());
    }
}
