package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.topics.ClusterUnreachableException;
import dev.sluice.topics.TopicPlan;
import dev.sluice.topics.TopicStep;
import dev.sluice.topics.Topics;
import dev.sluice.topics.TopicsException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an engine or a command needs of the cluster before it begins. */
public final class Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private Cluster() {}

    /**
     * Checks that a broker answers and Sluice's own topics are there.
     *
     * @throws ClusterUnreachableException when none answers
     * @throws TopicsException when one is missing
     */
    public static void checkReachable(SluiceConfig config) {
        List<String> missing = plan(config).creations().stream()
                .map(TopicStep::topic)
                .filter(name -> config.topics().own().stream()
                        .anyMatch(own -> own.name().equals(name)))
                .toList();
        refuseMissing(missing);
    }

    /**
     * Checks that every declared topic is there and an engine can work with it; other differences are logged.
     *
     * @throws ClusterUnreachableException when no broker answers
     * @throws TopicsException when no event topic is declared, a topic is missing, or the control topic is not as it
     *     must be
     */
    public static void checkTopics(SluiceConfig config) {
        if (config.topics().events().isEmpty()) {
            throw new TopicsException("topics.yaml declares no event topic, so an engine has nothing to evaluate: "
                    + "list topics under 'events:', and name the file with --topics FILE if it is not ./topics.yaml");
        }
        TopicPlan plan = plan(config);
        if (!plan.refusals().isEmpty()) {
            throw new TopicsException(
                    plan.refusals().stream().map(TopicStep::text).collect(Collectors.joining("\n")));
        }
        refuseMissing(plan.creations().stream().map(TopicStep::topic).toList());
        plan.differences().forEach(step -> LOG.atWarn().log("{}", step.text()));
    }

    /** Creates the declared topics that are missing. Returns how many. Throws as {@link #checkTopics} does. */
    public static int createTopics(SluiceConfig config) {
        try (Topics topics = Topics.connect(config, Topics.DEFAULT_TIMEOUT)) {
            return topics.apply().created().size();
        }
    }

    /** The cluster's own name for itself. @throws ClusterUnreachableException when no broker answers */
    static String id(SluiceConfig config) {
        try (Topics topics = Topics.connect(config, Topics.DEFAULT_TIMEOUT)) {
            return topics.clusterId();
        }
    }

    private static TopicPlan plan(SluiceConfig config) {
        try (Topics topics = Topics.connect(config, Topics.DEFAULT_TIMEOUT)) {
            return topics.plan();
        }
    }

    private static void refuseMissing(List<String> missing) {
        if (!missing.isEmpty()) {
            throw new TopicsException(
                    "missing topics: " + String.join(", ", missing) + "; create them with 'sluice topics apply'");
        }
    }
}
