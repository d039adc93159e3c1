package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deployment.Activation;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.DeploymentWish;
import dev.sluice.deployment.HealthPolicy;
import dev.sluice.deployment.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class DeploymentOptionsTest {
    private static final DeploymentSpec CAREFUL = DeploymentSpec.DEFAULT.with(
            new Strategy.Canary(List.of(1, 100), Duration.ofMinutes(10), Strategy.Advance.AUTOMATIC));
    private static final DeploymentTemplates TEMPLATES =
            new DeploymentTemplates(new TreeMap<>(Map.of("careful", CAREFUL)), Optional.empty());

    @Test
    void saysNothingWithoutOptions() {
        assertThat(options().text()).isEmpty();
        assertThat(spec()).isEqualTo(DeploymentSpec.DEFAULT);
    }

    @Test
    void saysOnlyWhatIsGiven() {
        assertThat(options("--strategy", "canary", "--stages", "5,25,100", "--stage-duration", "30s")
                        .text())
                .contains("{\"strategy\":\"canary\",\"stages\":[5,25,100],\"stageDuration\":\"30s\"}");
    }

    @Test
    void aStagedVersionSaysSoBesideTheRest() {
        assertThat(options("--strategy", "canary").textOfStaged())
                .isEqualTo("{\"strategy\":\"canary\",\"stageOnly\":true}");
        assertThat(options().textOfStaged()).isEqualTo("{\"stageOnly\":true}");
    }

    @Test
    void everyOptionOfACanaryReachesItsSpecification() {
        DeploymentSpec spec = spec(
                "--strategy",
                "canary",
                "--stages",
                "10,100",
                "--stage-duration",
                "2m",
                "--manual",
                "--activation",
                "80%",
                "--deadline",
                "10s",
                "--warmup",
                "5m",
                "--bake",
                "90s",
                "--health",
                "production");

        assertThat(spec.strategy())
                .isEqualTo(new Strategy.Canary(List.of(10, 100), Duration.ofMinutes(2), Strategy.Advance.MANUAL));
        assertThat(spec.activation()).isEqualTo(new Activation(80));
        assertThat(spec.deadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(spec.warmup()).isEqualTo(Duration.ofMinutes(5));
        assertThat(spec.bake()).isEqualTo(Duration.ofSeconds(90));
        assertThat(spec.health()).isEqualTo(HealthPolicy.PRODUCTION);
    }

    @Test
    void anAbTestHasItsRatioDurationAndWinner() {
        assertThat(spec("--strategy", "ab_test", "--ratio", "0.7", "--duration", "2h", "--winner", "error_rate")
                        .strategy())
                .isEqualTo(new Strategy.AbTest(0.7, Duration.ofHours(2), Strategy.Winner.ERROR_RATE));
    }

    @Test
    void aScheduleHasItsTimeAndWhatFollows() {
        Strategy strategy = spec("--strategy", "scheduled", "--at", "2030-12-01T08:00:00Z", "--then", "canary")
                .strategy();

        assertThat(strategy).isInstanceOfSatisfying(Strategy.Scheduled.class, scheduled -> {
            assertThat(scheduled.at()).isEqualTo(Instant.parse("2030-12-01T08:00:00Z"));
            assertThat(scheduled.then()).isInstanceOf(Strategy.Canary.class);
        });
    }

    @Test
    void wrongOptionsAreAMatterOfUsage() {
        assertThatThrownBy(() -> spec("--strategy", "canary", "--stages", "50,20,100"))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        failure -> assertThat(failure.code()).isEqualTo(Exit.USAGE));
        assertThatThrownBy(() -> spec("--strategy", "canry")).hasMessageContaining("canry");
        assertThatThrownBy(() -> spec("--deadline", "soon")).hasMessageContaining("soon");
    }

    @Test
    void aTemplateIsNamedInThePlaceOfAStrategyAndOptionsGoOverIt() {
        assertThat(spec("--strategy", "careful")).isEqualTo(CAREFUL);
        assertThat(spec("--strategy", "careful", "--stages", "50,100").strategy())
                .isEqualTo(new Strategy.Canary(List.of(50, 100), Duration.ofMinutes(10), Strategy.Advance.AUTOMATIC));
        assertThatThrownBy(() -> spec("--strategy", "carefull"))
                .hasMessageContaining("unknown-template")
                .hasMessageContaining("did you mean `careful`");
        assertThatThrownBy(() -> spec("--strategy", "careful", "--ratio", "0.5"))
                .hasMessageContaining("A/B");
    }

    @Test
    void beforeTheSettingsAreKnownOnlyWhatIsWrongAnywayIsRefused() {
        StrategyCheck.check(
                options("--strategy", "careful", "--stages", "50,100").text(), DeploymentWish.NOTHING);
        assertThatThrownBy(() -> StrategyCheck.check(
                        options("--strategy", "careful", "--stages", "100,50").text(), DeploymentWish.NOTHING))
                .hasMessageContaining("stages rise");
        assertThatThrownBy(() -> StrategyCheck.check(
                        options("--strategy", "blue_green", "--stages", "50,100")
                                .text(),
                        DeploymentWish.NOTHING))
                .hasMessageContaining("only a canary");
    }

    private static DeploymentSpec spec(String... arguments) {
        return StrategyCheck.spec(options(arguments).text(), DeploymentWish.NOTHING, TEMPLATES);
    }

    private static DeploymentOptions options(String... arguments) {
        DeploymentOptions options = new DeploymentOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
