package dev.sluice.rule.compile;

import dev.sluice.deployment.Activation;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.Strategy;
import dev.sluice.rule.Problem;
import dev.sluice.rule.compile.SettingReader.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

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
    private final DeploymentSpec base;

    private DeploymentReader(SourceText file, Problems problems, DeploymentSpec base) {
        this.file = file;
        this.problems = problems;
        this.base = base;
    }

    /** That of a rule file; the default when the file has none. What is wrong goes to the problems. */
    static DeploymentSpec ofFile(Mapping top, SourceText file, Problems problems) {
        Node node = top.node(KEY);
        if (node == null) {
            return DeploymentSpec.DEFAULT;
        }
        DeploymentReader reader = new DeploymentReader(file, problems, DeploymentSpec.DEFAULT);
        Mapping keys = reader.mapping(node);
        if (keys != null && keys.has(STAGE_ONLY)) {
            problems.error(
                    keys.keyPlace(STAGE_ONLY),
                    "strategy-conflict",
                    null,
                    "`stageOnly` is said with each publication, not in the file; remove it, and publish with"
                            + " `--stage-only`");
        }
        return keys == null ? DeploymentSpec.DEFAULT : reader.spec(keys);
    }

    /** That of a publisher. Never throws on bad text. */
    static RuleCompiler.DeploymentReading ofText(String text, DeploymentSpec base) {
        Problems problems = new Problems();
        try {
            return new DeploymentReader(new SourceText(text), problems, base).read(text);
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
                : YamlText.document(text, problems)
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
    private @Nullable Mapping mapping(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return Mapping.of("`deployment`", node, file, problems);
        }
        if (scalar.getValue().isBlank()) {
            problems.error(
                    YamlText.place(node),
                    "empty-value",
                    null,
                    "`deployment` is empty; name a strategy, such as `strategy: canary`");
            return null;
        }
        ScalarNode key = new ScalarNode(
                Tag.STR, false, StrategyReader.KEY, ScalarStyle.PLAIN, node.getStartMark(), node.getStartMark());
        MappingNode made = new MappingNode(
                Tag.MAP,
                true,
                List.of(new NodeTuple(key, scalar)),
                FlowStyle.FLOW,
                node.getStartMark(),
                node.getEndMark());
        return Mapping.of("`deployment`", made, file, problems);
    }

    private DeploymentSpec spec(Mapping keys) {
        keys.allowOnly(KEYS, List.of());
        SettingReader settings = new SettingReader(problems);
        Strategy strategy = new StrategyReader(problems, base.strategy()).read(keys);
        return new DeploymentSpec(
                strategy,
                activation(keys),
                settings.time(keys, "deadline", DEADLINE).orElse(base.deadline()),
                settings.time(keys, "warmup", WATCHED).orElse(base.warmup()),
                settings.time(keys, "bake", WATCHED).orElse(base.bake()),
                new HealthReader(problems).read(keys, base.health()));
    }

    private Activation activation(Mapping keys) {
        Located text = keys.optional("activation");
        if (text == null) {
            return base.activation();
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
        return base.activation();
    }

    private boolean isStageOnly(Mapping keys) {
        return new SettingReader(problems)
                .choice(keys, STAGE_ONLY, List.of("true", "false"))
                .filter("true"::equals)
                .isPresent();
    }
}
