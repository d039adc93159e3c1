package dev.sluice.topics;

import dev.sluice.config.EventTopic;
import dev.sluice.config.TopicNames;
import dev.sluice.config.TopicSpec;
import dev.sluice.config.TopicsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Declared topics against live ones: what would be created, what differs, what is refused. */
public record TopicPlan(List<TopicStep> steps) {
    public TopicPlan {
        steps = List.copyOf(steps);
    }

    /** Every declared topic, own ones first. */
    static List<TopicSpec> declared(TopicsConfig topics) {
        return Stream.of(
                        topics.own().stream(),
                        topics.events().stream().map(EventTopic::topic),
                        topics.outputs().stream())
                .flatMap(specs -> specs)
                .toList();
    }

    static TopicPlan of(TopicsConfig topics, Map<String, LiveTopic> live) {
        List<TopicStep> steps = new ArrayList<>();
        for (TopicSpec spec : declared(topics)) {
            LiveTopic found = live.get(spec.name());
            if (found == null) {
                steps.add(new TopicStep.Create(spec));
            } else if (spec.name().equals(topics.names().control())) {
                steps.addAll(compareControl(spec, found));
            } else if (found.partitions() != 1 && isDecidersInput(topics.names(), spec.name())) {
                steps.add(new TopicStep.Refuse(
                        spec.name(),
                        "has " + found.partitions() + " partitions; it needs exactly 1, since one task decides about"
                                + " deployments: create it anew, or choose another prefix"));
            } else {
                steps.addAll(compare(spec, found));
            }
        }
        return new TopicPlan(steps);
    }

    private static boolean isDecidersInput(TopicNames names, String topic) {
        return topic.equals(names.commands()) || topic.equals(names.status());
    }

    public List<TopicStep.Create> creations() {
        return only(TopicStep.Create.class);
    }

    public List<TopicStep.Differs> differences() {
        return only(TopicStep.Differs.class);
    }

    public List<TopicStep.Refuse> refusals() {
        return only(TopicStep.Refuse.class);
    }

    private <T extends TopicStep> List<T> only(Class<T> kind) {
        return steps.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<TopicStep> compareControl(TopicSpec spec, LiveTopic live) {
        List<TopicStep> steps = new ArrayList<>();
        if (live.partitions() != 1) {
            steps.add(new TopicStep.Refuse(
                    spec.name(),
                    "has " + live.partitions()
                            + " partitions; the control topic needs exactly 1, since the order of its"
                            + " records counts: create it anew, or choose another prefix"));
        }
        String policy = live.settings().getOrDefault("cleanup.policy", "unknown");
        if (!policy.equals("compact")) {
            steps.add(new TopicStep.Refuse(
                    spec.name(),
                    "has cleanup.policy " + policy
                            + "; the control topic needs 'compact', else rulesets are deleted with"
                            + " time: set it with Kafka's own tools"));
        }
        if (steps.isEmpty()) {
            steps.addAll(compare(spec, live));
        }
        return steps;
    }

    private static List<TopicStep> compare(TopicSpec spec, LiveTopic live) {
        List<TopicStep> steps = new ArrayList<>();
        differs(spec, "partitions", Integer.toString(spec.partitions()), Integer.toString(live.partitions()), steps);
        if (spec.replication() > 0) {
            differs(
                    spec,
                    "replication",
                    Short.toString(spec.replication()),
                    Integer.toString(live.replication()),
                    steps);
        }
        new TreeMap<>(spec.settings())
                .forEach((name, value) ->
                        differs(spec, name, value, live.settings().getOrDefault(name, "not a setting"), steps));
        return steps;
    }

    private static void differs(TopicSpec spec, String property, String declared, String live, List<TopicStep> steps) {
        if (!declared.equals(live)) {
            steps.add(new TopicStep.Differs(spec.name(), property, declared, live));
        }
    }
}
