package dev.sluice.control;

import dev.sluice.deployment.Command;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.Situation;
import dev.sluice.deployment.Situation.Candidate;
import dev.sluice.rule.compile.RuleCompiler;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
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
    private final Supplier<DeploymentTemplates> templates;
    private final VersionCompiler compiler;
    /** By ruleset: looks are many, and texts are read once. */
    private final Map<String, Known> known = new HashMap<>();

    private record Known(CompiledVersion version, DeploymentTemplates templates, Candidate candidate) {
        @SuppressWarnings("ReferenceEquality") // the version itself, not one that looks alike
        boolean isOf(CompiledVersion other, DeploymentTemplates now) {
            return version == other && templates.equals(now);
        }
    }

    /** @param compiler for versions that the installation does not hold; of this thread alone */
    Candidates(Supplier<Installation> installation, RuleCompiler compiler, Supplier<DeploymentTemplates> templates) {
        this.installation = installation;
        this.templates = templates;
        // Other decisions wait meanwhile.
        this.compiler = new VersionCompiler(compiler, VersionCompiler::atOnce);
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
                found.put(highest.version(), candidate(situation.ruleset(), highest));
            }
        }
        return situation.with(found);
    }

    private Candidate candidate(String ruleset, CompiledVersion version) {
        DeploymentTemplates now = templates.get();
        Known last = known.get(ruleset);
        if (last == null || !last.isOf(version, now)) {
            last = new Known(version, now, version.candidate(now));
            known.put(ruleset, last);
        }
        return last.candidate();
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
                    .ifPresent(version -> found.put(version.version(), version.candidate(templates.get())));
            compiler.forgetUnused();
        }
        return situation.with(found);
    }
}
