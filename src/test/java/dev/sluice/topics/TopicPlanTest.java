package dev.sluice.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.TopicNames;
import dev.sluice.config.TopicSpec;
import dev.sluice.config.TopicsConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TopicPlanTest {
    private static final TopicSpec CONTROL =
            new TopicSpec("s.control", 1, (short) -1, Map.of("cleanup.policy", "compact"));
    private static final TopicSpec ALERTS = new TopicSpec("s.alerts", 4, (short) 1, Map.of("retention.ms", "-1"));
    private static final TopicsConfig DECLARED =
            new TopicsConfig(new TopicNames("s"), List.of(CONTROL, ALERTS), List.of(), List.of());

    @Test
    void createsWhatIsMissing() {
        assertThat(TopicPlan.of(DECLARED, Map.of()).steps())
                .containsExactly(new TopicStep.Create(CONTROL), new TopicStep.Create(ALERTS));
    }

    @Test
    void hasNoStepForATopicThatIsAsDeclared() {
        assertThat(plan(live("s.control", 1, "compact"), new LiveTopic("s.alerts", 4, 1, Map.of("retention.ms", "-1")))
                        .steps())
                .isEmpty();
    }

    @Test
    void refusesAControlTopicOfWrongPolicyOrPartitions() {
        TopicPlan plan = plan(live("s.control", 3, "delete"));
        assertThat(plan.refusals()).hasSize(2);
        assertThat(plan.refusals().toString()).contains("has 3 partitions", "has cleanup.policy delete");
    }

    @Test
    void refusesTopicsOfTheDeciderWithSeveralPartitions() {
        TopicSpec commands = new TopicSpec("s.commands", 1, (short) -1, Map.of());
        TopicsConfig declared = new TopicsConfig(new TopicNames("s"), List.of(commands), List.of(), List.of());
        TopicPlan plan = TopicPlan.of(declared, Map.of("s.commands", new LiveTopic("s.commands", 2, 1, Map.of())));
        assertThat(plan.refusals().toString()).contains("has 2 partitions", "one task decides");
    }

    @Test
    void showsOtherDifferencesWithoutRefusing() {
        TopicPlan plan =
                plan(live("s.control", 1, "compact"), new LiveTopic("s.alerts", 2, 1, Map.of("retention.ms", "5")));
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.differences())
                .containsExactly(
                        new TopicStep.Differs("s.alerts", "partitions", "4", "2"),
                        new TopicStep.Differs("s.alerts", "retention.ms", "-1", "5"));
    }

    private static LiveTopic live(String name, int partitions, String policy) {
        return new LiveTopic(name, partitions, 1, Map.of("cleanup.policy", policy));
    }

    private static TopicPlan plan(LiveTopic... live) {
        Map<String, LiveTopic> byName = new HashMap<>();
        for (LiveTopic topic : live) {
            byName.put(topic.name(), topic);
        }
        return TopicPlan.of(DECLARED, byName);
    }
}
