package dev.sluice.rule.compile;

import dev.sluice.deployment.Activation;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.DeploymentWish;
import dev.sluice.deployment.Strategy;
import dev.sluice.rule.Problem;
import dev.sluice.rule.compile.SettingReader.Span;
import dev.sluice.text.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a version is deployed: the {@code deployment} of a rule file, or what a publisher says in its place. */
final class DeploymentReader {
    static final String KEY = "deployment";
    private static final String STAGE_ONLY = "stageOnly";
    private static final List<String> KEYS = List.of(
            "strategy",
            "stages",
            "stageDuration",
            "advance",
            "ratio",
            "duration",
            "winner",
            "at",
            "then",
            "activation",
            "deadline",
            "warmup",
            "bake",
            "health",
            STAGE_ONLY);
    private static final int TEXT_MAX = 100_000;
    private static final Span DEADLINE = new Span(Duration.ofMillis(100), Duration.ofHours(1));
    private static final Span WATCHED = new Span(Duration.ZERO, Duration.ofDays(30));

    private final SourceText file;
    private final Problems problems;
    private final Basis basis;

    /**
     * What a deployment is read over.
     *
     * @param spec what is left out is taken from it; null: it is up to the fleet's settings, and not known
     * @param templates null: they are not known
     */
    record Basis(@Nullable DeploymentSpec spec, @Nullable DeploymentTemplates templates) {
        static final Basis UNKNOWN = new Basis(null, null);

        /** Of a rule file: its templates are the fleet's, which nobody who checks the file knows. */
        static final Basis OF_FILE = new Basis(DeploymentSpec.DEFAULT, null);
    }

    DeploymentReader(SourceText file, Problems problems, Basis basis) {
        this.file = file;
        this.problems = problems;
        this.basis = basis;
    }

    /** What a rule file says. What is wrong goes to the problems. */
    static DeploymentWish ofFile(Mapping top, SourceText file, Problems problems) {
        YamlNode node = top.node(KEY);
        if (node == null) {
            return DeploymentWish.NOTHING;
        }
        DeploymentReader reader = new DeploymentReader(file, problems, Basis.OF_FILE);
        Mapping keys = reader.mapping(node);
        if (keys != null && keys.has(STAGE_ONLY)) {
            problems.error(
                    keys.keyPlace(STAGE_ONLY),
                    "strategy-conflict",
                    null,
                    "`stageOnly` is said with each publication, not in the file; remove it, and publish with"
                            + " `--stage-only`");
        }
        return keys == null ? DeploymentWish.NOTHING : reader.wish(keys);
    }

    private DeploymentWish wish(Mapping keys) {
        boolean hadErrors = problems.hasErrors();
        DeploymentSpec spec = spec(keys);
        String template = TemplateUse.name(keys);
        return template == null || hadErrors || problems.hasErrors()
                ? new DeploymentWish.Whole(spec)
                : TemplateUse.of(template, keys);
    }

    /** That of the fleet's settings: a strategy, or a mapping. */
    DeploymentSpec ofSettings(YamlNode node) {
        Mapping keys = mapping(node);
        if (keys != null && keys.has(STAGE_ONLY)) {
            problems.error(
                    keys.keyPlace(STAGE_ONLY),
                    "strategy-conflict",
                    null,
                    "`stageOnly` is said with each publication, not in the settings; remove it");
        }
        return keys == null ? DeploymentSpec.DEFAULT : spec(keys);
    }

    /** That of a publisher. Never throws on bad text. */
    static RuleCompiler.DeploymentReading ofText(String text, Basis basis) {
        Problems problems = new Problems();
        try {
            return new DeploymentReader(new SourceText(text), problems, basis).read(text);
        } catch (RuntimeException | StackOverflowError e) {
            return new RuleCompiler.DeploymentReading(
                    Optional.empty(),
                    false,
                    List.of(Problem.error(
                            "compiler-failure",
                            "this text cannot be read, for " + e.getClass().getSimpleName() + "; simplify it")));
        }
    }

    private RuleCompiler.DeploymentReading read(String text) {
        if (text.length() > TEXT_MAX) {
            problems.error(
                    new Place(1, 1),
                    "too-large",
                    null,
                    "the deployment has " + text.length() + " characters; use at most " + TEXT_MAX);
        }
        Mapping keys = problems.hasErrors()
                ? null
                : YamlText.document(text, Pace.FULL, problems)
                        .map(document -> mapping(document.root()))
                        .orElse(null);
        if (keys == null) {
            if (!problems.hasErrors()) {
                problems.error(
                        new Place(1, 1),
                        "empty-value",
                        null,
                        "`deployment` is empty; name a strategy, such as `strategy: canary`");
            }
            return new RuleCompiler.DeploymentReading(Optional.empty(), false, problems.inOrder());
        }
        DeploymentSpec spec = spec(keys);
        boolean isStageOnly = isStageOnly(keys);
        return new RuleCompiler.DeploymentReading(
                problems.hasErrors() ? Optional.empty() : Optional.of(spec), isStageOnly, problems.inOrder());
    }

    /** A single word is a strategy with nothing more to say. */
    private @Nullable Mapping mapping(YamlNode node) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            return Mapping.of("`deployment`", node, file, problems);
        }
        if (scalar.value().isBlank()) {
            problems.error(
                    node.place(),
                    "empty-value",
                    null,
                    "`deployment` is empty; name a strategy, such as `strategy: canary`");
            return null;
        }
        YamlNode key = new YamlNode.Scalar(node.place(), StrategyReader.KEY, null, true);
        YamlNode made =
                new YamlNode.Mapping(node.place(), node.place(), false, List.of(new YamlNode.Entry(key, scalar)));
        return Mapping.of("`deployment`", made, file, problems);
    }

    private DeploymentSpec spec(Mapping keys) {
        keys.allowOnly(KEYS, List.of());
        String template = TemplateUse.name(keys);
        DeploymentTemplates templates = basis.templates();
        if (template == null) {
            boolean isOpen = basis.spec() == null && !keys.has(StrategyReader.KEY);
            DeploymentSpec base = basis.spec() == null ? DeploymentSpec.DEFAULT : basis.spec();
            StrategyReader strategies = new StrategyReader(problems, base.strategy());
            return spec(keys, base, isOpen ? strategies.checkParts(keys) : strategies.read(keys));
        }
        if (templates == null) {
            DeploymentSpec any = DeploymentSpec.DEFAULT;
            return spec(keys, any, new StrategyReader(problems, any.strategy()).checkParts(keys));
        }
        Optional<DeploymentSpec> named = templates.named(template);
        if (named.isEmpty()) {
            refuseUnknown(keys, template, templates);
            return DeploymentSpec.DEFAULT;
        }
        DeploymentSpec base = named.get();
        return spec(keys, base, new StrategyReader(problems, base.strategy()).readParts(keys));
    }

    private void refuseUnknown(Mapping keys, String template, DeploymentTemplates templates) {
        Set<String> names = templates.byName().keySet();
        List<String> known = new ArrayList<>(StrategyReader.NAMES);
        known.addAll(names);
        problems.error(
                keys.valuePlace(StrategyReader.KEY),
                "unknown-template",
                null,
                "`" + Names.shortened(template) + "` is no strategy (`" + String.join("`, `", StrategyReader.NAMES)
                        + "`) and no template of the fleet's settings ("
                        + (names.isEmpty() ? "there are none" : "`" + String.join("`, `", names) + "`") + ")"
                        + NearestName.didYouMean(template, known));
    }

    private DeploymentSpec spec(Mapping keys, DeploymentSpec base, Strategy strategy) {
        SettingReader settings = new SettingReader(problems);
        return new DeploymentSpec(
                strategy,
                activation(keys, base.activation()),
                settings.time(keys, "deadline", DEADLINE).orElse(base.deadline()),
                settings.time(keys, "warmup", WATCHED).orElse(base.warmup()),
                settings.time(keys, "bake", WATCHED).orElse(base.bake()),
                new HealthReader(problems).read(keys, base.health()));
    }

    private Activation activation(Mapping keys, Activation base) {
        Located text = keys.optional("activation");
        if (text == null) {
            return base;
        }
        if (text.text().equals("all")) {
            return Activation.ALL;
        }
        if (text.text().matches("([1-9][0-9]?|100)%")) {
            return new Activation(Integer.parseInt(text.text().replace("%", "")));
        }
        problems.error(
                text.place(),
                "invalid-value",
                null,
                "`activation` must be `all`, or a share of the instances from 1% to 100%, not `"
                        + Names.shortened(text.text()) + "`");
        return base;
    }

    private boolean isStageOnly(Mapping keys) {
        return new SettingReader(problems)
                .choice(keys, STAGE_ONLY, List.of("true", "false"))
                .filter("true"::equals)
                .isPresent();
    }
}
