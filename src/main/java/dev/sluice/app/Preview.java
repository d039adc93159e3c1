package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.control.ControlImage;
import dev.sluice.control.Fleet;
import dev.sluice.control.PublishedSettings;
import dev.sluice.control.PublishedVersion;
import dev.sluice.control.RulesetImage;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.DeploymentWish;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Digest;
import dev.sluice.ruleset.ReloadReport;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.settings.FleetSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What publishing a rule file would do, told from the file and the control topic. Nothing is changed.
 *
 * @param running the version that the file is compared with: the one that serves; 0 for none
 * @param next the number that the file would get
 * @param deployment how the file says that it is deployed
 * @param templates of the fleet's settings
 * @param report what the activation would report; empty when the file would be refused
 * @param problems of the file
 * @param sizes what the running instances hold of window state, by rule that has some, for people
 */
public record Preview(
        long running,
        long next,
        DeploymentWish deployment,
        DeploymentTemplates templates,
        Optional<ReloadReport> report,
        List<Problem> problems,
        Map<String, String> sizes) {
    private static final Duration READ_LIMIT = Duration.ofSeconds(15);

    public Preview {
        problems = List.copyOf(problems);
        sizes = Collections.unmodifiableMap(sizes);
    }

    /**
     * The preview of a file's text.
     *
     * @throws dev.sluice.topics.ClusterUnreachableException when no broker answers
     */
    public static Preview of(SluiceConfig config, String source) {
        RuleCompiler compiler = new RuleCompiler(Catalog.of(config.topics()));
        Compilation compilation = compiler.compile(source);
        if (compilation.definition().isEmpty()) {
            return new Preview(
                    0,
                    0,
                    compilation.deployment(),
                    DeploymentTemplates.NONE,
                    Optional.empty(),
                    compilation.problems(),
                    Map.of());
        }
        Cluster.checkReachable(config);
        RulesetDefinition definition = compilation.definition().get();
        ControlImage control = EngineParts.publisher(config, Clock.systemUTC()).readImage();
        RulesetImage image = control.rulesets().getOrDefault(definition.name(), RulesetImage.empty());
        Ruleset before = running(image, control.deployments().get(definition.name()), compiler);
        Ruleset after = new Ruleset(definition, image.highestVersion() + 1, Digest.of(source));
        ReloadReport report = ReloadReport.of(before, after, compilation.problems());
        return new Preview(
                before == null ? 0 : before.version(),
                after.version(),
                definition.deployment(),
                control.settings()
                        .map(PublishedSettings::settings)
                        .orElse(FleetSettings.NONE)
                        .templates(),
                Optional.of(report),
                compilation.problems(),
                report.states().isEmpty() ? Map.of() : sizes(config, report));
    }

    private static Map<String, String> sizes(SluiceConfig config, ReloadReport report) {
        Map<String, String> sizes = new TreeMap<>();
        try (Fleet fleet = Fleet.read(config.topics().names().status(), config.kafka(), READ_LIMIT)) {
            List<InstanceStatus> live = fleet.live(Clock.systemUTC().instant());
            report.states()
                    .forEach(state -> WindowSizes.text(live, report.ruleset(), state.rule())
                            .ifPresent(text -> sizes.put(state.rule(), text)));
        }
        return sizes;
    }

    /** While nothing was deployed, what would be deployed next counts. */
    private static @Nullable Ruleset running(
            RulesetImage image, @Nullable Deployment deployment, RuleCompiler compiler) {
        List<RulesetImage.Accepted> accepted = deployment == null
                ? image.accepted()
                : deployment.serving().stream()
                        .mapToObj(image::accepted)
                        .flatMap(Optional::stream)
                        .toList();
        for (int i = accepted.size() - 1; i >= 0; i--) {
            PublishedVersion published = accepted.get(i).published();
            Optional<RulesetDefinition> definition =
                    compiler.compile(published.source()).definition();
            if (definition.isPresent()) {
                return new Ruleset(definition.get(), published.version(), published.digest());
            }
        }
        return null;
    }

    /** Whether the running version and the file do the same. */
    public boolean changesNothing() {
        return report.isPresent()
                && report.get().difference().added().isEmpty()
                && report.get().difference().removed().isEmpty()
                && report.get().difference().updated().isEmpty()
                && report.get().difference().settings().isEmpty();
    }
}
