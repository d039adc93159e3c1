package dev.sluice.control;

import dev.sluice.deployment.Command;
import dev.sluice.deployment.Situation;
import dev.sluice.deployment.Situation.Candidate;
import dev.sluice.rule.compile.RuleCompiler;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The versions that may be deployed, with how: from what this instance compiled.
 *
 * <p>Threading: confined to one thread.
 */
final class Candidates {
    static final SortedMap<Long, Candidate> NONE = Collections.emptySortedMap();

    private final Supplier<Installation> installation;
    private final VersionCompiler compiler;

    /** @param compiler for versions that the installation does not hold; of this thread alone */
    Candidates(Supplier<Installation> installation, RuleCompiler compiler) {
        this.installation = installation;
        this.compiler = new VersionCompiler(compiler);
    }

    /**
     * With the highest version, once this instance knows whether it compiles. Before that nothing can be said of how it is to be
     * deployed.
     */
    Situation newest(Situation situation) {
        SortedMap<Long, Candidate> found = new TreeMap<>();
        Installation now = installation.get();
        Installation.OfRuleset of = now.rulesets().get(situation.ruleset());
        RulesetImage versions = now.image().rulesets().get(situation.ruleset());
        if (of != null && versions != null) {
            CompiledVersion highest = of.versions().compiled().get(versions.highestAccepted());
            if (highest != null) {
                found.put(highest.version(), highest.candidate());
            }
        }
        return with(situation, found);
    }

    /** With the highest version, and the one that the command is about. */
    Situation of(Situation situation, Command.Move move) {
        Situation known = newest(situation);
        if (!(move instanceof Command.Activate activate) || activate.version() == null) {
            return known;
        }
        SortedMap<Long, Candidate> found = new TreeMap<>(known.candidates());
        RulesetImage versions = installation.get().image().rulesets().get(situation.ruleset());
        if (versions != null && !found.containsKey(activate.version())) {
            // An old version: which of its ways of deployment counts is in its text, and this command is rare.
            versions.accepted(activate.version())
                    .map(compiler::compile)
                    .ifPresent(version -> found.put(version.version(), version.candidate()));
            compiler.forgetUnused();
        }
        return with(situation, found);
    }

    private static Situation with(Situation situation, SortedMap<Long, Candidate> candidates) {
        return new Situation(
                situation.ruleset(),
                situation.now(),
                candidates,
                situation.fleet(),
                situation.health(),
                situation.splits());
    }
}
