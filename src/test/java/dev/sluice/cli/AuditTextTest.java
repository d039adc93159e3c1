package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AuditTextTest {

    @Test
    void aStepTellsFromWhereToWhereByWhomAndWhy() {
        assertThat(AuditText.line(ActiveSpanTest.transition(0, 8, "RollingOut", "Active")))
                .isEqualTo("2026-01-01T12:00:00Z  flights version 8  RollingOut -> Active by sluice: so it is");
        assertThat(AuditText.line(ActiveSpanTest.transition(0, 8, "", "Preparing")))
                .isEqualTo("2026-01-01T12:00:00Z  flights version 8  Preparing by sluice: so it is");
    }

    @Test
    void aCommandTellsItsAnswer() {
        assertThat(AuditText.line(command("accepted", "looks bad")))
                .isEqualTo("2026-01-01T12:00:00Z  flights  pause accepted by ann: looks bad");
        assertThat(AuditText.line(command("not-allowed", "Not allowed now: version 8 is Active")))
                .isEqualTo("2026-01-01T12:00:00Z  flights  pause refused (not-allowed) by ann: Not allowed now:"
                        + " version 8 is Active");
    }

    @Test
    void aChangeOfSettingsTellsItsScopeAndWhatChanged() {
        AuditEvent event = AuditEvent.newBuilder()
                .setId("s")
                .setAt(Instant.parse("2026-01-01T12:00:00Z"))
                .setKind(AuditKind.SETTINGS)
                .setRuleset("")
                .setActor("ann")
                .setWhat("limits")
                .setReason("slower machines")
                .setFigures("[{\"key\":\"limits.splits\",\"before\":null,\"after\":\"2\"},"
                        + "{\"key\":\"monitoring.heartbeatMs\",\"before\":\"500\",\"after\":\"900\"}]")
                .build();
        assertThat(AuditText.line(event))
                .isEqualTo("2026-01-01T12:00:00Z  -  settings limits by ann: slower machines"
                        + " (limits.splits (none) -> 2, monitoring.heartbeatMs 500 -> 900)");
    }

    @Test
    void aQuarantineTellsTheRuleAndHowItStands() {
        AuditEvent.Builder event = AuditEvent.newBuilder(command("", "the data is mended"))
                .setKind(AuditKind.QUARANTINE)
                .setVersion(8L)
                .setRule("late");
        assertThat(AuditText.line(event.setBefore("Apart").setWhat("Trial").build()))
                .isEqualTo("2026-01-01T12:00:00Z  flights version 8 rule late  quarantine Apart -> Trial by ann:"
                        + " the data is mended");
        assertThat(AuditText.line(event.setBefore("").setWhat("Apart").build())).contains("late  quarantine Apart by");
    }

    private static AuditEvent command(String code, String reason) {
        return AuditEvent.newBuilder()
                .setId("c")
                .setAt(Instant.parse("2026-01-01T12:00:00Z"))
                .setKind(AuditKind.COMMAND)
                .setRuleset("flights")
                .setCommand("1")
                .setActor("ann")
                .setWhat("pause")
                .setCode(code)
                .setReason(reason)
                .build();
    }
}
