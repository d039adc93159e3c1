package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.compile.Effort;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the compilation of a version takes from the evaluation of events. */
final class VersionCompilerTest {
    private static final int RULES = 200;

    private final AtomicInteger steps = new AtomicInteger();
    private final VersionCompiler compiler = new VersionCompiler(
            new RuleCompiler(new EventTypes(
                    Map.of("Flight", new EventType("Flight", List.of(new Field("delay", ValueType.Scalar.INT)))),
                    Set.of())),
            () -> new Effort(1, steps::incrementAndGet));

    /** Of each version every rule is another, and so is the head of the file: it is compiled whole. */
    private static RulesetImage.Accepted version(int number) {
        StringBuilder text = new StringBuilder("ruleset: flights\ndescription: the " + number + ".\nrules:\n");
        for (int rule = 0; rule < RULES; rule++) {
            text.append("- {id: r")
                    .append(rule)
                    .append(", from: Flight, when: delay == ")
                    .append(number * RULES + rule)
                    .append(", emit: {type: Late, fields: {delay: delay}}}\n");
        }
        String source = text.toString();
        return new RulesetImage.Accepted(
                new PublishedVersion("flights", number, source, Digest.of(source), null, "test", "", Instant.EPOCH),
                number);
    }

    @Test
    void beforeAnyEventNothingHoldsItUp() {
        assertThat(compiler.compileFirst(version(1)).ruleset()).isNotNull();

        assertThat(steps).hasValue(0);
    }

    @Test
    void besideEvaluationItMayBeHeldUpSeveralTimesARule() {
        assertThat(compiler.compile(version(1)).ruleset()).isNotNull();

        assertThat(steps).hasValueGreaterThan(4 * RULES);
    }

    @Test
    void besideEvaluationItLeavesHalfOfTheProcessorsAndYields() {
        Effort effort = VersionCompiler.besideEvaluation();

        assertThat(effort.processors())
                .isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        assertThat(effort.pace()).isInstanceOf(YieldingPace.class);
    }
}
