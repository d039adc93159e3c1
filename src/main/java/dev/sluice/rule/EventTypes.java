package dev.sluice.rule;

import java.util.Map;
import java.util.Set;

/**
 * What rules may refer to: the event types by name, and the topics that an emit may name.
 */
public record EventTypes(Map<String, EventType> byName, Set<String> outputTopics) {
    public EventTypes {
        byName = Map.copyOf(byName);
        outputTopics = Set.copyOf(outputTopics);
    }
}
