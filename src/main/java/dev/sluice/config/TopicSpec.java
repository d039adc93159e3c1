package dev.sluice.config;

import java.util.Map;

/**
 * One topic as declared: what {@code topics apply} creates.
 *
 * @param replication replicas of each partition; -1 for the broker's default
 * @param settings topic settings of Kafka, for example {@code cleanup.policy}
 */
public record TopicSpec(String name, int partitions, short replication, Map<String, String> settings) {
    public TopicSpec {
        settings = Map.copyOf(settings);
    }
}
