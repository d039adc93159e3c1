package dev.sluice.config;

import java.util.List;

/**
 * {@code topics.yaml}, validated.
 *
 * @param own Sluice's own topics: control, commands, status, audit, dead letters, alerts
 * @param events topics that rules read
 * @param outputs further topics that an emit may name
 */
public record TopicsConfig(TopicNames names, List<TopicSpec> own, List<EventTopic> events, List<TopicSpec> outputs) {
    public TopicsConfig {
        own = List.copyOf(own);
        events = List.copyOf(events);
        outputs = List.copyOf(outputs);
    }
}
