package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.Publication.Kind;
import dev.sluice.app.Publication.Result;
import dev.sluice.control.PublishedVersion;
import dev.sluice.control.RulesetPublisher;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.schema.InstanceState;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.RulesetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicationJudgeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final DeploymentState.RollingOut TENTH = new DeploymentState.RollingOut(NOW, 0, 1000, false);

    private List<InstanceStatus> live = List.of(instance(1));

    @Test
    void isActiveOnlyWhenTheThreadsOfEveryLiveInstanceHaveReadIt() {
        DeploymentState active = new DeploymentState.Active(NOW, null);
        assertThat(judge(2, active).kind()).isEqualTo(Kind.DEADLINE);
        assertThat(judge(2, active).text()).contains("not running yet on one");
        live = List.of(instance(2));
        assertThat(judge(2, active).kind()).isEqualTo(Kind.ACTIVE);
    }

    @Test
    void tellsWhatBecameOfItInEachState() {
        assertThat(judge(2, new DeploymentState.Preparing(NOW, NOW)).kind()).isEqualTo(Kind.DEADLINE);
        assertThat(judge(2, new DeploymentState.Staged(NOW, null, "waits")).kind())
                .isEqualTo(Kind.STAGED);
        assertThat(judge(2, TENTH).text()).contains("10 % of the keys");
        assertThat(judge(2, new DeploymentState.Paused(NOW, TENTH, "too few")).kind())
                .isEqualTo(Kind.ROLLING_OUT);
        assertThat(judge(2, new DeploymentState.RollingBack(NOW, "errors")).kind())
                .isEqualTo(Kind.DEADLINE);
        Result failed = judge(2, new DeploymentState.Failed(NOW, "one refused it"));
        assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failed.text()).contains("one refused it", "version 1 stays active");
        Result back = judge(2, new DeploymentState.RolledBack(NOW, "errors"));
        assertThat(back.kind()).isEqualTo(Kind.ROLLED_BACK);
        assertThat(back.text()).contains("errors", "version 1 stays active");
    }

    @Test
    void anotherVersionMayHaveTakenItsPlace() {
        assertThat(judge(3, TENTH).kind()).isEqualTo(Kind.SUPERSEDED);
        assertThat(judge(1, new DeploymentState.Active(NOW, null)).kind())
                .as("not looked at yet")
                .isEqualTo(Kind.DEADLINE);
    }

    @Test
    void withoutInstancesNothingIsWaitedFor() {
        live = List.of();
        assertThat(judge(1, TENTH).kind()).isEqualTo(Kind.NO_INSTANCE);
    }

    private Result judge(long deployed, DeploymentState state) {
        PublishedVersion version = new PublishedVersion("flights", 2, "", "", null, "test", "", NOW);
        Deployment deployment = new Deployment(
                "flights",
                deployed,
                2,
                DeploymentSpec.DEFAULT,
                state,
                List.of(1L),
                deployed,
                false,
                new Deployment.Origin("test", ""));
        return new PublicationJudge(new RulesetPublisher.Published(version, 7), live, 100)
                .judge(Optional.of(deployment));
    }

    private static InstanceStatus instance(long active) {
        return InstanceStatus.newBuilder()
                .setInstance("one")
                .setApplication("test")
                .setHost("host")
                .setPid(1)
                .setBuild("test")
                .setStartedAt(NOW)
                .setReportedAt(NOW)
                .setHeartbeatMs(500)
                .setState(InstanceState.RUNNING)
                .setControlOffset(0)
                .setRulesets(List.of(RulesetStatus.newBuilder()
                        .setName("flights")
                        .setActive(active)
                        .setInUse(true)
                        .build()))
                .build();
    }
}
