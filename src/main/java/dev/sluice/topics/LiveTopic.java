package dev.sluice.topics;

import java.util.Map;

/** A topic as the cluster has it; {@code settings} hold every setting, those of the broker's defaults included. */
record LiveTopic(String name, int partitions, int replication, Map<String, String> settings) {
    LiveTopic {
        settings = Map.copyOf(settings);
    }
}
