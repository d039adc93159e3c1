package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.rule.compile.RuleCompiler;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns images into installations: of each ruleset it compiles the versions that serve or may be next, and installs what its
 * deployment says. What is installed follows from the image alone, so an instance that restarts installs what it ran before.
 *
 * <p>Threading: confined to the installer thread.
 */
final class RulesetInstaller {
    private final VersionCompiler compiler;
    private final Duration keepStateOfPrevious;

    /** @param keepStateOfPrevious how long after a version the window state of the one before is fed */
    RulesetInstaller(RuleCompiler compiler, Duration keepStateOfPrevious) {
        this.compiler = new VersionCompiler(compiler);
        this.keepStateOfPrevious = keepStateOfPrevious;
    }

    /** Does what the first compilation of a process would have to do. */
    void warmUp() {
        compiler.warmUp();
    }

    /** The installation for {@code image}; what it shares with {@code previous} is the same objects. */
    Installation install(Installation previous, ControlImage image, Instant now) {
        SortedMap<String, Installation.OfRuleset> next = new TreeMap<>();
        image.rulesets().forEach((name, versions) -> {
            Deployment deployment = image.deployments().get(name);
            SortedMap<Long, CompiledVersion> compiled = compile(versions, deployment);
            RulesetInstall install = new RulesetInstall(previous.rulesets().get(name), deployment, compiled);
            next.put(name, install.at(now, keepStateOfPrevious, versions));
        });
        compiler.forgetUnused();
        return new Installation(image, next, previous);
    }

    private SortedMap<Long, CompiledVersion> compile(RulesetImage versions, @Nullable Deployment deployment) {
        SortedMap<Long, CompiledVersion> compiled = new TreeMap<>();
        for (RulesetImage.Accepted accepted : versions.accepted()) {
            if (deployment != null && deployment.mayServe(accepted.published().version())) {
                compiled.put(accepted.published().version(), compiler.compile(accepted));
            }
        }
        compileNewest(versions, deployment, compiled);
        return compiled;
    }

    /** The newest version that compiles, and those above it with what is wrong with them. */
    private void compileNewest(
            RulesetImage versions, @Nullable Deployment deployment, SortedMap<Long, CompiledVersion> compiled) {
        long serving = deployment == null ? 0 : deployment.serving().orElse(0);
        for (int i = versions.accepted().size() - 1; i >= 0; i--) {
            RulesetImage.Accepted accepted = versions.accepted().get(i);
            long number = accepted.published().version();
            if (number <= serving) {
                return;
            }
            CompiledVersion version = compiler.compile(accepted);
            compiled.put(number, version);
            if (version.ruleset() != null) {
                return;
            }
        }
    }
}
