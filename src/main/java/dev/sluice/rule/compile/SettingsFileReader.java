package dev.sluice.rule.compile;

import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.Strategy;
import dev.sluice.rule.compile.SettingReader.Bounds;
import dev.sluice.rule.compile.SettingReader.Span;
import dev.sluice.settings.FleetSettings;
import dev.sluice.settings.FleetSettings.Budgets;
import dev.sluice.settings.FleetSettings.Limits;
import dev.sluice.settings.FleetSettings.Monitoring;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of the fleet, section by section. What is wrong goes to the problems. */
final class SettingsFileReader {
    static final List<String> SECTIONS = List.of("limits", "budgets", "templates", "deployment", "monitoring");
    private static final List<String> LIMITS = List.of("evaluationBudgetUs", "versionsKept", "splits");
    private static final List<String> BUDGETS = List.of("errorRate", "minimumErrors", "timeouts", "window", "trial");
    private static final List<String> MONITORING = List.of("heartbeatMs", "figuresMs", "timedEvaluations");

    private static final Bounds BUDGET_US = new Bounds(1, 60_000_000);
    private static final Bounds VERSIONS = new Bounds(1, 10_000);
    /** Each doubles the indexes of an instance. */
    private static final Bounds SPLITS = new Bounds(1, 5);

    private static final Bounds SHARE = new Bounds(0, 1);
    private static final Bounds COUNT = new Bounds(1, 1e12);
    private static final Bounds HEARTBEAT_MS = new Bounds(100, 3_600_000);
    private static final Bounds FIGURES_MS = new Bounds(100, 60_000);
    private static final Bounds TIMED = new Bounds(1, 65_536);
    private static final Span WINDOW = new Span(Duration.ofMillis(100), Duration.ofHours(1));
    private static final Span TRIAL = new Span(Duration.ofMillis(100), Duration.ofDays(30));

    private final SourceText file;
    private final Problems problems;
    private final SettingReader settings;

    SettingsFileReader(SourceText file, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.settings = new SettingReader(problems);
    }

    FleetSettings read(Mapping top) {
        new MisplacedSettings(problems).refuse(top);
        DeploymentTemplates templates = new DeploymentTemplates(templates(top), Optional.empty());
        return new FleetSettings(
                limits(section(top, "limits", LIMITS)),
                budgets(section(top, "budgets", BUDGETS)),
                new DeploymentTemplates(templates.byName(), byDefault(top.node("deployment"), templates)),
                monitoring(section(top, "monitoring", MONITORING)));
    }

    private @Nullable Mapping section(Mapping top, String name, List<String> keys) {
        Mapping section = top.optionalMapping(name, "`" + name + "`");
        if (section != null) {
            section.allowOnly(keys, List.of());
        }
        return section;
    }

    private Limits limits(@Nullable Mapping keys) {
        return keys == null
                ? Limits.NONE
                : new Limits(
                        settings.whole(keys, "evaluationBudgetUs", BUDGET_US),
                        settings.whole(keys, "versionsKept", VERSIONS),
                        settings.whole(keys, "splits", SPLITS));
    }

    private Budgets budgets(@Nullable Mapping keys) {
        return keys == null
                ? Budgets.NONE
                : new Budgets(
                        settings.number(keys, "errorRate", SHARE),
                        settings.whole(keys, "minimumErrors", COUNT),
                        settings.whole(keys, "timeouts", COUNT),
                        settings.time(keys, "window", WINDOW),
                        settings.time(keys, "trial", TRIAL));
    }

    private Monitoring monitoring(@Nullable Mapping keys) {
        return keys == null
                ? Monitoring.NONE
                : new Monitoring(
                        settings.whole(keys, "heartbeatMs", HEARTBEAT_MS),
                        settings.whole(keys, "figuresMs", FIGURES_MS),
                        timed(keys));
    }

    private OptionalLong timed(Mapping keys) {
        OptionalLong timed = settings.whole(keys, "timedEvaluations", TIMED);
        if (timed.isEmpty() || Long.bitCount(timed.getAsLong()) == 1) {
            return timed;
        }
        problems.error(
                keys.valuePlace("timedEvaluations"),
                "invalid-value",
                null,
                "`timedEvaluations` must be a power of two, such as 64, not " + timed.getAsLong());
        return OptionalLong.empty();
    }

    private SortedMap<String, DeploymentSpec> templates(Mapping top) {
        SortedMap<String, DeploymentSpec> templates = new TreeMap<>();
        Mapping keys = top.optionalMapping("templates", "`templates`");
        if (keys != null) {
            for (String name : keys.keys()) {
                template(keys, name).ifPresent(spec -> templates.put(name, spec));
            }
        }
        return templates;
    }

    private Optional<DeploymentSpec> template(Mapping templates, String name) {
        Place place = templates.keyPlace(name);
        YamlNode node = templates.node(name);
        if (node == null || !new Names(problems).allows(name, place, Names.Kind.ID, "a template's name")) {
            return Optional.empty();
        }
        if (StrategyReader.NAMES.contains(name)) {
            problems.error(
                    place,
                    "invalid-name",
                    null,
                    "`" + name + "` is a strategy of its own; give the template another name");
            return Optional.empty();
        }
        return Optional.of(deployment(node, DeploymentTemplates.NONE));
    }

    private DeploymentSpec deployment(YamlNode node, DeploymentTemplates templates) {
        DeploymentReader.Basis basis = new DeploymentReader.Basis(DeploymentSpec.DEFAULT, templates);
        DeploymentSpec spec = new DeploymentReader(file, problems, basis).ofSettings(node);
        if (spec.strategy() instanceof Strategy.Scheduled) {
            problems.error(
                    node.place(),
                    "strategy-conflict",
                    null,
                    "an instant passes once: settings have no schedule; say `at` with the publication");
        }
        return spec;
    }

    private Optional<DeploymentTemplates.Default> byDefault(@Nullable YamlNode node, DeploymentTemplates templates) {
        if (node == null) {
            return Optional.empty();
        }
        DeploymentSpec spec = deployment(node, templates);
        boolean isTemplate = node instanceof YamlNode.Scalar scalar
                && templates.named(scalar.value().strip()).isPresent();
        return Optional.of(new DeploymentTemplates.Default(
                isTemplate ? Optional.of(((YamlNode.Scalar) node).value().strip()) : Optional.empty(), spec));
    }
}
