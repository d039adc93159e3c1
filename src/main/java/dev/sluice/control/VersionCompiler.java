package dev.sluice.control;

import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Ruleset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles versions, each once as long as it is asked for.
 *
 * <p>Threading: confined to one thread.
 */
final class VersionCompiler {
    private final RuleCompiler compiler;
    private Map<Identity, CompiledVersion> known = new HashMap<>();
    private Map<Identity, CompiledVersion> used = new HashMap<>();

    /** The name is part of it: two rulesets may be published with one text, and one of them is wrong. */
    private record Identity(String name, long version, long offset, String digest) {
        static Identity of(RulesetImage.Accepted accepted) {
            PublishedVersion published = accepted.published();
            return new Identity(published.name(), published.version(), accepted.offset(), published.digest());
        }
    }

    VersionCompiler(RuleCompiler compiler) {
        this.compiler = compiler;
    }

    /** Does what the first compilation of a process would have to do. */
    void warmUp() {
        compiler.warmUp();
    }

    CompiledVersion compile(RulesetImage.Accepted accepted) {
        Identity identity = Identity.of(accepted);
        CompiledVersion standing = known.get(identity);
        CompiledVersion compiled = standing == null ? compiled(accepted) : standing;
        used.put(identity, compiled);
        return compiled;
    }

    /** Forgets the versions that were not asked for since the last call. */
    void forgetUnused() {
        known = used;
        used = new HashMap<>();
    }

    private CompiledVersion compiled(RulesetImage.Accepted accepted) {
        PublishedVersion published = accepted.published();
        Compilation compilation = compiler.compile(published.source());
        RulesetDefinition definition = compilation.definition().orElse(null);
        if (definition != null && !definition.name().equals(published.name())) {
            return new CompiledVersion(accepted, null, DeploymentSpec.DEFAULT, false, misnamed(published, definition));
        }
        Ruleset ruleset = definition == null ? null : new Ruleset(definition, published.version(), published.digest());
        CompiledVersion asItsFileSays =
                new CompiledVersion(accepted, ruleset, compilation.deployment(), false, compilation.problems());
        return published.strategy() == null ? asItsFileSays : deployed(asItsFileSays, published.strategy());
    }

    /** What its publisher says of its deployment goes over what its file says; also where only others can serve it. */
    private static CompiledVersion deployed(CompiledVersion version, String strategy) {
        RuleCompiler.DeploymentReading reading = RuleCompiler.deployment(strategy, version.spec());
        return reading.spec().isEmpty()
                ? new CompiledVersion(version.accepted(), null, version.spec(), false, reading.problems())
                : new CompiledVersion(
                        version.accepted(),
                        version.ruleset(),
                        reading.spec().get(),
                        reading.stageOnly(),
                        version.problems());
    }

    private static List<Problem> misnamed(PublishedVersion published, RulesetDefinition definition) {
        return List.of(Problem.error(
                "name-mismatch",
                "the record is of ruleset " + published.name() + " and its file says " + definition.name()));
    }
}
