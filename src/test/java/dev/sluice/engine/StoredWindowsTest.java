package dev.sluice.engine;

import static dev.sluice.engine.WindowedRules.rule;
import static dev.sluice.engine.WindowedRules.ruleset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.WindowsConfig;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.ruleset.FedRules;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.Window;
import dev.sluice.window.WindowSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredWindowsTest {
    private static final Trigger EACH = new Trigger.Each(0);
    private static final Trigger CLOSE = new Trigger.Close(0);
    private static final Ruleset TUMBLING = ruleset("r", rule("t", new WindowSpec.Tumbling(1_000), CLOSE));
    private static final Ruleset SLIDING = ruleset("r", rule("s", new WindowSpec.Sliding(1_000, 0), EACH));

    private final TaskUnderTest task = new TaskUnderTest(100);

    @Test
    void aKeyThatChangesOftenIsWrittenOnceACommit() {
        task.use(SLIDING);
        for (int i = 0; i < 100; i++) {
            task.event(SLIDING, "s", 10_000 + i, "a");
        }
        assertThat(task.writes).as("before the commit").isZero();
        task.commit();
        assertThat(task.writes).as("state, owner and stream time").isEqualTo(3);
        task.commit();
        assertThat(task.writes).as("with nothing changed").isEqualTo(3);
        task.event(SLIDING, "s", 10_050, "a");
        task.commit();
        assertThat(task.writes).as("the state alone").isEqualTo(4);
    }

    @Test
    void aRestartGoesOnWithStatesAndStreamTime() {
        task.use(SLIDING);
        task.event(SLIDING, "s", 10_000, "a");
        task.event(SLIDING, "s", 10_900, "b");
        task.restart();

        assertThat(task.windows.streamMs()).isEqualTo(10_900);
        assertThat(task.event(SLIDING, "s", 10_500, "a")).containsExactly(2L);
        assertThat(task.event(SLIDING, "s", 9_000, "a")).as("late").isEmpty();
    }

    @Test
    void whatWasNotCommittedIsNotFound() {
        task.use(SLIDING);
        task.event(SLIDING, "s", 10_000, "a");
        TaskUnderTest other = new TaskUnderTest(100);
        other.changelog.putAll(task.changelog);
        other.restart();
        other.use(SLIDING);

        assertThat(other.event(SLIDING, "s", 10_001, "a")).containsExactly(1L);
    }

    @Test
    void knowsItsSourcesAfterARestart() {
        hear(1, 100_000);
        hear(2, 50_000);
        task.nowMs += 5_000;
        hear(1, 100_000);
        assertThat(hear(2, 60_000)).isEqualTo(60_000);
        task.commit();
        assertThat(hear(2, 90_000)).isEqualTo(90_000);
        task.crash();
        assertThat(hear(1, 120_000))
                .as("the other is known by what was committed")
                .isEqualTo(60_000);
        assertThat(task.windows.settledMs()).isEqualTo(60_000);
        assertThat(hear(2, 90_000)).isEqualTo(90_000);
    }

    @Test
    void goesOnWithTheWallClockOnlyWhenNoSourceHasEvents() {
        hear(1, 100_000);
        task.nowMs += 5_000;
        hear(2, 50_000);
        assertThat(hear(1, 100_000)).isEqualTo(50_000);
        task.nowMs += 30_000;
        assertThat(task.windows.streamMs()).isEqualTo(50_000);
        task.windows.heard(new SourceMark(2, 50_000, task.nowMs, SourceMark.Flow.RESTING));
        assertThat(task.windows.streamMs()).isEqualTo(100_000);
        task.windows.heard(new SourceMark(1, 100_000, task.nowMs, SourceMark.Flow.RESTING));
        assertThat(task.windows.streamMs()).isEqualTo(130_000);
    }

    private long hear(long source, long streamMs) {
        return task.windows.heard(new SourceMark(source, streamMs, task.nowMs, SourceMark.Flow.FLOWING));
    }

    @Test
    void aStoreWithUnwrittenChangesCannotBeUsedAnew() {
        task.use(SLIDING);
        task.event(SLIDING, "s", 10_000, "a");

        assertThatThrownBy(() -> new StateTable(task.store, WindowsConfig.DEFAULT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("windows");
    }

    @Test
    void keysAreTypedAndEqualByValue() {
        task.use(SLIDING);
        assertThat(task.event(SLIDING, "s", 1_000, 1L)).containsExactly(1L);
        assertThat(task.event(SLIDING, "s", 1_000, "1")).containsExactly(1L);
        assertThat(task.event(SLIDING, "s", 1_000, 1.0)).containsExactly(1L);
        assertThat(task.event(SLIDING, "s", 1_000, (Object) null)).containsExactly(1L);
        assertThat(task.event(SLIDING, "s", 1_000, "a", "bc")).containsExactly(1L);
        assertThat(task.event(SLIDING, "s", 1_000, "ab", "c")).containsExactly(1L);
        assertThat(task.event(SLIDING, "s", 1_000, 0.0)).containsExactly(1L);
        assertThat(task.event(SLIDING, "s", 1_000, -0.0)).containsExactly(2L);
        assertThat(task.event(SLIDING, "s", 1_000, new byte[] {1})).containsExactly(1L);
        assertThat(task.event(SLIDING, "s", 1_000, new byte[] {1})).containsExactly(2L);
        assertThat(task.event(SLIDING, "s", 1_000, List.of(1L, "x"))).containsExactly(1L);
        assertThat(task.event(SLIDING, "s", 1_000, List.of(1L, "x"))).containsExactly(2L);
    }

    @Test
    void showsEachWindowThatEndsOnce() {
        task.use(TUMBLING);
        task.event(TUMBLING, "t", 100, "a");
        task.event(TUMBLING, "t", 200, "a");
        task.event(TUMBLING, "t", 300, "b");
        assertThat(task.due()).isEmpty();
        task.event(TUMBLING, "t", 1_000, "c");

        assertThat(task.due()).containsExactlyInAnyOrder("t a 0 2", "t b 0 1");
        assertThat(task.due()).isEmpty();
    }

    @Test
    void anEventThatEndsTheWindowOfItsOwnKeyDoesNotHideIt() {
        task.use(TUMBLING);
        task.event(TUMBLING, "t", 100, "a");

        assertThat(task.event(TUMBLING, "t", 5_000, "a")).containsExactly(1L);
        assertThat(task.due()).containsExactly("t a 0 1");
        task.event(TUMBLING, "t", 6_000, "b");
        assertThat(task.due()).containsExactly("t a 5000 1");
    }

    @Test
    void windowsThatEndAfterARestartAreFoundInTheStore() {
        task.use(TUMBLING);
        task.event(TUMBLING, "t", 100, "a");
        task.event(TUMBLING, "t", 200, "b");
        task.restart();
        task.sweep();
        task.event(TUMBLING, "t", 1_500, "c");

        assertThat(task.due()).containsExactlyInAnyOrder("t a 0 1", "t b 0 1");
    }

    @Test
    void aWindowThatWasShownIsNotShownAgainAfterARestart() {
        task.use(TUMBLING);
        task.event(TUMBLING, "t", 100, "a");
        task.event(TUMBLING, "t", 1_500, "b");
        assertThat(task.due()).containsExactly("t a 0 1");
        task.restart();
        task.sweep();

        assertThat(task.due()).isEmpty();
    }

    @Test
    void aShorterWindowEndsStatesOfTheLongerOneEarlier() {
        Ruleset longer = ruleset("r", rule("t", new WindowSpec.Tumbling(10_000), CLOSE));
        task.use(longer);
        task.event(longer, "t", 100, "hot");
        task.event(longer, "t", 200, "cold");
        task.restart();
        task.event(longer, "t", 300, "hot");
        task.use(TUMBLING);
        task.sweep();
        task.event(TUMBLING, "t", 1_000, "c");

        assertThat(task.due()).hasSize(2).allMatch(shown -> shown.startsWith("t hot 0 ") || shown.startsWith("t cold"));
    }

    @Test
    void aRuleThatBeginsToSpeakAtTheEndFindsTheWindowsThatAreOpen() {
        Ruleset each = ruleset("r", rule("t", new WindowSpec.Tumbling(1_000), EACH));
        task.use(each);
        task.event(each, "t", 100, "a");
        task.use(TUMBLING);
        task.event(TUMBLING, "t", 1_000, "b");

        assertThat(task.due()).containsExactly("t a 0 1");
    }

    @Test
    void whenEventsStayAwayWindowsEndByTheWallClock() {
        task.use(TUMBLING);
        task.event(TUMBLING, "t", 100, "a");

        assertThat(task.pass(4_999)).isEmpty();
        assertThat(task.pass(1)).containsExactly("t a 0 1");
        assertThat(task.event(TUMBLING, "t", 999, "a"))
                .as("for the window that was shown")
                .isEmpty();
    }

    @Test
    void theWallClockMakesNothingLateThatItDidNotEnd() {
        task.use(SLIDING);
        task.event(SLIDING, "s", 10_000, "a");
        task.pass(3_600_000);

        assertThat(task.event(SLIDING, "s", 10_001, "a")).containsExactly(2L);
    }

    @Test
    void aSilenceIsReportedOnceUntilTheKeySpeaksAgain() {
        Ruleset missing = ruleset("r", rule("m", new WindowSpec.Sliding(1_000, 0), new Trigger.Missing(1_000, 0)));
        task.use(missing);
        task.event(missing, "m", 100, "a");
        task.event(missing, "m", 1_099, "b");
        assertThat(task.due()).isEmpty();
        task.event(missing, "m", 1_100, "b");
        assertThat(task.due()).containsExactly("m a silent");
        task.event(missing, "m", 1_500, "b");
        assertThat(task.due()).isEmpty();
        task.event(missing, "m", 1_600, "a");
        task.event(missing, "m", 2_600, "c");
        assertThat(task.due()).containsExactlyInAnyOrder("m a silent", "m b silent");
    }

    @Test
    void stateOfARuleThatWentIsThereWhenItComesBackInTime() {
        task.use(SLIDING);
        task.event(SLIDING, "s", 10_000, "a");
        task.use(ruleset("r"));
        task.pass(59_000);
        task.use(SLIDING);

        assertThat(task.event(SLIDING, "s", 10_001, "a")).containsExactly(2L);
    }

    @Test
    void stateOfARuleThatWentIsRemovedAfterItsTimeAlsoOverARestart() {
        task.use(SLIDING);
        task.event(SLIDING, "s", 10_000, "a");
        task.event(SLIDING, "s", 10_000, "b");
        task.use(ruleset("r"));
        task.commit();
        task.pass(30_000);
        task.restart();
        task.pass(29_999);
        assertThat(task.changelog.keySet())
                .as("stream time, owner and two states")
                .hasSize(4);
        task.pass(1);
        task.commit();

        assertThat(task.changelog.keySet()).as("stream time").hasSize(1);
        task.use(SLIDING);
        assertThat(task.event(SLIDING, "s", 10_001, "a")).containsExactly(1L);
    }

    @Test
    void anotherResetTextBeginsAnewAndTheOldStateComesBackWithTheOldText() {
        Ruleset reset = ruleset("r", rule("s", new Window(new WindowSpec.Sliding(1_000, 0), 0), EACH, "again"));
        task.use(SLIDING);
        task.event(SLIDING, "s", 10_000, "a");
        task.use(reset);
        assertThat(task.event(reset, "s", 10_001, "a")).containsExactly(1L);
        task.use(SLIDING);

        assertThat(task.event(SLIDING, "s", 10_002, "a")).containsExactly(2L);
    }

    @Test
    void aChangeToAnotherFamilyOfWindowsLeavesTheStateAsItWas() {
        Ruleset counting = ruleset("r", rule("s", new WindowSpec.Count(10), EACH));
        task.use(SLIDING);
        task.event(SLIDING, "s", 10_000, "a");
        task.use(counting);
        assertThat(task.event(counting, "s", 10_001, "a")).containsExactly(1L);
        task.use(SLIDING);

        assertThat(task.event(SLIDING, "s", 10_002, "a")).containsExactly(2L);
    }

    @Test
    void keysThatNoWindowNeedsAreRemoved() {
        task.use(SLIDING);
        for (int key = 0; key < 1_000; key++) {
            task.event(SLIDING, "s", 10_000, "key-" + key);
        }
        task.event(SLIDING, "s", 13_000, "last");
        task.commit();
        task.pass(60_000);

        assertThat(task.changelog.keySet())
                .as("stream time, owner and one state")
                .hasSize(3);
        assertThat(task.event(SLIDING, "s", 13_001, "key-1")).containsExactly(1L);
    }

    @Test
    void tellsKeysAndBytesByRule() {
        task.use(SLIDING);
        for (int key = 0; key < 10; key++) {
            task.event(SLIDING, "s", 10_000, "key-" + key);
        }
        task.commit();
        task.pass(1_000);
        long bytes = task.changelog.entrySet().stream()
                .filter(each -> each.getKey().get()[0] == StateKey.STATES.get()[0])
                .mapToLong(each -> each.getKey().get().length + each.getValue().length)
                .sum();
        WindowSize expected = new WindowSize("r", "s", "", true, 10, bytes);

        assertThat(task.sizes).containsExactly(expected);
        task.restart();
        task.pass(1_000);
        assertThat(task.sizes).as("counted anew after a restart").containsExactly(expected);
    }

    @Test
    void aRollbackFindsTheStateOfTheOldShapeAsItWasAndFed() {
        Ruleset shorter = ruleset("r", rule("s", new WindowSpec.Sliding(100, 0), EACH));
        task.use(SLIDING);
        task.event(SLIDING, "s", 10_000, "a");
        task.event(SLIDING, "s", 10_500, "a");
        Ruleset fed = FedRules.of(SLIDING, shorter).orElseThrow();
        task.useFeeding(fed, shorter);

        assertThat(task.event(shorter, "s", 10_600, "a")).containsExactly(1L);
        assertThat(task.event(fed, "s", 10_600, "a")).containsExactly(3L);
        task.restart();
        task.useFeeding(FedRules.of(shorter, SLIDING).orElseThrow(), SLIDING);
        assertThat(task.event(SLIDING, "s", 10_700, "a")).containsExactly(4L);
    }

    @Test
    void whatIsFedTakesNothingFromTheVersionInForce() {
        Ruleset shorter = ruleset("r", rule("s", new WindowSpec.Sliding(100, 0), EACH));
        Ruleset fed = FedRules.of(SLIDING, shorter).orElseThrow();
        task.useFeeding(fed, shorter);

        assertThat(task.event(shorter, "s", 10_000, "a")).containsExactly(1L);
        assertThat(task.event(fed, "s", 10_000, "a")).containsExactly(1L);
    }

    @Test
    void anotherShapeTakesTheStateOfAKeyOverWhenItIsNeeded() {
        Ruleset shorter = ruleset("r", rule("s", new WindowSpec.Sliding(100, 0), EACH));
        task.use(SLIDING);
        task.event(SLIDING, "s", 10_550, "a");
        task.event(SLIDING, "s", 10_560, "b");
        task.restart();
        task.useFeeding(FedRules.of(SLIDING, shorter).orElseThrow(), shorter);

        assertThat(task.event(shorter, "s", 10_600, "a")).containsExactly(2L);
        task.commit();
        task.crash();
        assertThat(task.event(shorter, "s", 10_610, "a")).containsExactly(3L);
        task.use(shorter);
        task.pass(60_000);
        task.pass(60_000);
        assertThat(task.event(shorter, "s", 10_620, "b"))
                .as("after the old state is removed")
                .containsExactly(2L);
    }

    @Test
    void windowsThatEndAreSeenThoughNoEventCameSinceTheirShapeChanged() {
        Ruleset hopping = ruleset("r", rule("t", new WindowSpec.Hopping(1_000, 500), CLOSE));
        task.use(TUMBLING);
        task.event(TUMBLING, "t", 600, "a");
        task.restart();
        task.useFeeding(FedRules.of(TUMBLING, hopping).orElseThrow(), hopping);
        task.sweep();
        task.event(hopping, "t", 1_600, "b");

        assertThat(task.due()).contains("t a 0 1");
    }
}
