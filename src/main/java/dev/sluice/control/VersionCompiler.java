package dev.sluice.control;

import dev.sluice.deployment.DeploymentWish;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.Effort;
import dev.sluice.rule.compile.Pace;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Ruleset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles versions, each once as long as it is asked for.
 *
 * <p>Threading: {@link #compile} by one thread at a time; the others by one thread, which may be another.
 */
final class VersionCompiler {
    private static final Logger LOG = LoggerFactory.getLogger(VersionCompiler.class);

    private final RuleCompiler compiler;
    private final Supplier<Effort> besideEvaluation;
    private final Map<Identity, CompiledVersion> known = new ConcurrentHashMap<>();
    private final Set<Identity> used = new HashSet<>();

    /** The name is part of it: two rulesets may be published with one text, and one of them is wrong. */
    private record Identity(String name, long version, long offset, String digest) {
        static Identity of(RulesetImage.Accepted accepted) {
            PublishedVersion published = accepted.published();
            return new Identity(published.name(), published.version(), accepted.offset(), published.digest());
        }
    }

    VersionCompiler(RuleCompiler compiler) {
        this(compiler, VersionCompiler::besideEvaluation);
    }

    /** @param besideEvaluation for one version each */
    VersionCompiler(RuleCompiler compiler, Supplier<Effort> besideEvaluation) {
        this.compiler = compiler;
        this.besideEvaluation = besideEvaluation;
    }

    /** Half of the processors, and not all of their time. */
    static Effort besideEvaluation() {
        return half(new YieldingPace());
    }

    /** Half of the processors, where somebody waits. */
    static Effort atOnce() {
        return half(Pace.FULL);
    }

    private static Effort half(Pace pace) {
        return new Effort(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), pace);
    }

    /** Does what the first compilation of a process would have to do. */
    void warmUp() {
        compiler.warmUp();
    }

    /** The version, once it was compiled. */
    Optional<CompiledVersion> known(RulesetImage.Accepted accepted) {
        Identity identity = Identity.of(accepted);
        used.add(identity);
        return Optional.ofNullable(known.get(identity));
    }

    /** Compiles the version unless it is known, with little of what the evaluation of events needs. */
    CompiledVersion compile(RulesetImage.Accepted accepted) {
        return compile(accepted, besideEvaluation.get());
    }

    /** Compiles the version unless it is known, before any event is evaluated. */
    CompiledVersion compileFirst(RulesetImage.Accepted accepted) {
        return compile(accepted, Effort.ALL);
    }

    private CompiledVersion compile(RulesetImage.Accepted accepted, Effort effort) {
        Identity identity = Identity.of(accepted);
        CompiledVersion version = known.get(identity);
        if (version == null) {
            // Not within the map: it would hold up who forgets versions meanwhile.
            version = compiledOrRefused(accepted, effort);
            known.put(identity, version);
        }
        return version;
    }

    /** Forgets the versions that were not asked for since the last call. */
    void forgetUnused() {
        known.keySet().retainAll(used);
        used.clear();
    }

    /** A failure of the compiler is a bug of ours: it must cost this version only. */
    private CompiledVersion compiledOrRefused(RulesetImage.Accepted accepted, Effort effort) {
        try {
            return compiled(accepted, effort);
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("ruleset", accepted.published().name())
                    .addKeyValue("version", accepted.published().version())
                    .log("the compiler failed: a bug in Sluice");
            Problem problem = Problem.error("compiler-failed", "the compiler failed, a bug in Sluice: " + e);
            return new CompiledVersion(accepted, null, DeploymentWish.NOTHING, List.of(problem));
        }
    }

    private CompiledVersion compiled(RulesetImage.Accepted accepted, Effort effort) {
        PublishedVersion published = accepted.published();
        Compilation compilation = compiler.compile(published.source(), effort);
        RulesetDefinition definition = compilation.definition().orElse(null);
        if (definition != null && !definition.name().equals(published.name())) {
            return new CompiledVersion(accepted, null, DeploymentWish.NOTHING, misnamed(published, definition));
        }
        Ruleset ruleset = definition == null ? null : new Ruleset(definition, published.version(), published.digest());
        CompiledVersion asItsFileSays =
                new CompiledVersion(accepted, ruleset, compilation.deployment(), compilation.problems());
        return published.strategy() == null ? asItsFileSays : deployed(asItsFileSays, published.strategy());
    }

    /** What is wrong with its deployment, whatever the fleet's templates are, refuses it. */
    private static CompiledVersion deployed(CompiledVersion version, String strategy) {
        List<Problem> problems = RuleCompiler.problemsOfDeployment(version.wish(), strategy);
        return problems.stream().noneMatch(Problem::isError)
                ? version
                : new CompiledVersion(version.accepted(), null, version.wish(), problems);
    }

    private static List<Problem> misnamed(PublishedVersion published, RulesetDefinition definition) {
        return List.of(Problem.error(
                "name-mismatch",
                "the record is of ruleset " + published.name() + " and its file says " + definition.name()));
    }
}
