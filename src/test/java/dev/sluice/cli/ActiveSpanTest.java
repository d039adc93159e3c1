package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ActiveSpanTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aVersionIsActiveUntilTheNextOneIs() {
        List<ActiveSpan> spans = ActiveSpan.of(
                List.of(
                        transition(0, 1, "Preparing", "Active"),
                        transition(10, 2, "", "Preparing"),
                        transition(20, 2, "Preparing", "RollingOut"),
                        transition(30, 2, "RollingOut", "Active")),
                OptionalLong.of(2));

        assertThat(spans).containsExactly(new ActiveSpan(1, at(0), at(30)), new ActiveSpan(2, at(30), null));
    }

    @Test
    void aRollbackMakesTheOneBeforeActiveAgainAtOnce() {
        List<ActiveSpan> spans = ActiveSpan.of(
                List.of(
                        transition(0, 1, "Preparing", "Active"),
                        transition(10, 2, "Preparing", "Active"),
                        transition(20, 2, "Active", "RollingBack"),
                        transition(25, 2, "RollingBack", "RolledBack")),
                OptionalLong.of(1));

        assertThat(spans)
                .containsExactly(
                        new ActiveSpan(1, at(0), at(10)),
                        new ActiveSpan(2, at(10), at(20)),
                        new ActiveSpan(1, at(20), null));
    }

    @Test
    void aRollbackOfWhatHadSomeKeysOnlyChangesNothing() {
        List<ActiveSpan> spans = ActiveSpan.of(
                List.of(
                        transition(0, 1, "Preparing", "Active"),
                        transition(10, 2, "Preparing", "RollingOut"),
                        transition(20, 2, "RollingOut", "RollingBack")),
                OptionalLong.of(1));

        assertThat(spans).containsExactly(new ActiveSpan(1, at(0), null));
    }

    @Test
    void whatServesNowIsRightAlsoAfterARollbackToAnEarlierVersion() {
        List<ActiveSpan> spans = ActiveSpan.of(
                List.of(
                        transition(0, 1, "Preparing", "Active"),
                        transition(10, 2, "Preparing", "Active"),
                        transition(20, 3, "Preparing", "Active"),
                        transition(30, 3, "Active", "RollingBack")),
                OptionalLong.of(1));

        assertThat(spans).endsWith(new ActiveSpan(1, at(30), null));
    }

    static AuditEvent transition(long second, long version, String before, String after) {
        return AuditEvent.newBuilder()
                .setId("t" + second)
                .setAt(at(second))
                .setKind(AuditKind.TRANSITION)
                .setRuleset("flights")
                .setVersion(version)
                .setAttempt(version)
                .setActor("sluice")
                .setWhat(after)
                .setBefore(before)
                .setReason("so it is")
                .build();
    }

    private static Instant at(long second) {
        return NOON.plusSeconds(second);
    }
}
