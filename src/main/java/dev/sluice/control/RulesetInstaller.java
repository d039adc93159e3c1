package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.rule.compile.RuleCompiler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns images into installations: of each ruleset the versions that serve or may be next are compiled, and what its
 * deployment says is installed. What is installed follows from the image alone, so an instance that restarts installs what it
 * ran before.
 *
 * <p>Compiling takes its time and installing none, so they are apart: a version is taken back while another is compiled.
 *
 * <p>Threading: {@link #compile} by one thread at a time, installing by the installer thread.
 */
final class RulesetInstaller {
    private final VersionCompiler compiler;
    private final Duration keepStateOfPrevious;

    /**
     * What can be installed at once.
     *
     * @param wanted versions to compile before all of the image is installed, those that serve first
     */
    record Pass(Installation installation, List<RulesetImage.Accepted> wanted) {
        Pass {
            wanted = List.copyOf(wanted);
        }
    }

    /** What is known of a ruleset's versions, and what is not. */
    private record Versions(SortedMap<Long, CompiledVersion> compiled, List<RulesetImage.Accepted> wanted) {
        void add(RulesetImage.Accepted accepted, Optional<CompiledVersion> version) {
            version.ifPresentOrElse(known -> compiled.put(known.version(), known), () -> wanted.add(accepted));
        }

        boolean lacks(@Nullable Long version) {
            return version != null
                    && wanted.stream().anyMatch(accepted -> accepted.published().version() == version);
        }

        /** Whether something is not compiled that events are evaluated with, or windows fed by. */
        boolean lackAnyOf(Deployment.Routing routing) {
            return lacks(routing.stable()) || lacks(routing.candidate()) || lacks(routing.prepared());
        }
    }

    /** @param keepStateOfPrevious how long after a version the window state of the one before is fed */
    RulesetInstaller(RuleCompiler compiler, Duration keepStateOfPrevious) {
        this.compiler = new VersionCompiler(compiler);
        this.keepStateOfPrevious = keepStateOfPrevious;
    }

    /** Does what the first compilation of a process would have to do. */
    void warmUp() {
        compiler.warmUp();
    }

    void compile(RulesetImage.Accepted wanted) {
        compiler.compile(wanted);
    }

    /** The first installation, all of {@code image}: before it no event is evaluated. */
    Installation installWhole(Installation previous, ControlImage image, Instant now) {
        while (true) {
            Pass pass = install(previous, image, now);
            if (pass.wanted().isEmpty()) {
                return pass.installation();
            }
            pass.wanted().forEach(compiler::compileFirst);
        }
    }

    /**
     * The same with what is compiled so far. A ruleset of which a version serves that is being compiled stays as it was until
     * that is done.
     */
    Pass install(Installation previous, ControlImage image, Instant now) {
        SortedMap<String, Installation.OfRuleset> next = new TreeMap<>();
        List<RulesetImage.Accepted> wanted = new ArrayList<>();
        image.rulesets().forEach((name, versions) -> {
            Deployment deployment = image.deployments().get(name);
            Installation.OfRuleset before = previous.rulesets().get(name);
            Versions known = versions(versions, deployment);
            wanted.addAll(known.wanted());
            if (deployment == null || !known.lackAnyOf(deployment.routing())) {
                RulesetInstall install = new RulesetInstall(before, deployment, known.compiled());
                next.put(name, install.at(now, keepStateOfPrevious, versions));
            } else if (before != null) {
                next.put(name, before);
            }
        });
        compiler.forgetUnused();
        return new Pass(new Installation(image, next, previous), wanted);
    }

    private Versions versions(RulesetImage versions, @Nullable Deployment deployment) {
        Versions found = new Versions(new TreeMap<>(), new ArrayList<>());
        for (RulesetImage.Accepted accepted : versions.accepted()) {
            if (deployment != null && deployment.mayServe(accepted.published().version())) {
                found.add(accepted, compiler.known(accepted));
            }
        }
        addNewest(versions, deployment, found);
        return found;
    }

    /** The newest version that compiles, and those above it with what is wrong with them. */
    private void addNewest(RulesetImage versions, @Nullable Deployment deployment, Versions found) {
        long serving = deployment == null ? 0 : deployment.serving().orElse(0);
        for (int i = versions.accepted().size() - 1; i >= 0; i--) {
            RulesetImage.Accepted accepted = versions.accepted().get(i);
            long number = accepted.published().version();
            if (number <= serving) {
                return;
            }
            Optional<CompiledVersion> version = compiler.known(accepted);
            if (!found.lacks(number)) {
                found.add(accepted, version);
            }
            if (version.isEmpty() || version.get().ruleset() != null) {
                return;
            }
        }
    }
}
