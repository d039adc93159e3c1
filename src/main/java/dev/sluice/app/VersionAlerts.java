package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.config.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The committed alerts of one version, on every topic that rules emit to.
 *
 * @param first the first of each topic
 * @param isComplete whether the topics were read to their ends
 */
public record VersionAlerts(long count, List<AlertReader.Entry> first, boolean isComplete) {
    public VersionAlerts {
        first = List.copyOf(first);
    }

    /**
     * Reads them, to where the topics end now.
     *
     * @param shown how many are kept at most
     */
    public static VersionAlerts read(SluiceConfig config, AlertStamps stamps, int shown) {
        List<String> topics = new ArrayList<>(List.of(config.topics().names().alerts()));
        config.topics().outputs().stream().map(TopicSpec::name).forEach(topics::add);
        long count = 0;
        boolean isComplete = true;
        List<AlertReader.Entry> first = new ArrayList<>();
        Duration quiet = EngineSettings.commitInterval(config).multipliedBy(2).plusMillis(500);
        for (String topic : topics) {
            try (AlertReader reader = new AlertReader(config, topic, stamps)) {
                AlertReader.Tally tally = reader.tally(shown - first.size(), quiet);
                count += tally.count();
                isComplete &= tally.isComplete();
                first.addAll(tally.first());
            }
        }
        return new VersionAlerts(count, first, isComplete);
    }
}
