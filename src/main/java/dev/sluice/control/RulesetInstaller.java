package dev.sluice.control;

import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.FedRules;
import dev.sluice.ruleset.ReloadReport;
import dev.sluice.ruleset.Ruleset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns images into installations: of each ruleset it installs the highest accepted version that compiles. What is
 * installed follows from the image alone, so an instance that restarts installs what it ran before.
 *
 * <p>Threading: confined to the installer thread.
 */
final class RulesetInstaller {
    private final RuleCompiler compiler;
    private final Duration keepStateOfPrevious;
    /** Outcomes by name and digest, of the versions that the last image held. */
    private Map<String, Compilation> compiled = new HashMap<>();

    /** @param keepStateOfPrevious how long after a version the window state of the one before is fed */
    RulesetInstaller(RuleCompiler compiler, Duration keepStateOfPrevious) {
        this.compiler = compiler;
        this.keepStateOfPrevious = keepStateOfPrevious;
    }

    /** Does what the first compilation of a process would have to do. */
    void warmUp() {
        compiler.warmUp();
    }

    /** The installation for {@code image}; what it shares with {@code previous} is the same objects. */
    Installation install(Installation previous, ControlImage image, Instant now) {
        Map<String, Compilation> used = new HashMap<>();
        SortedMap<String, Installation.OfRuleset> next = new TreeMap<>();
        image.rulesets()
                .forEach((name, ruleset) ->
                        next.put(name, install(previous.rulesets().get(name), ruleset, used, now)));
        compiled = used;
        return new Installation(image, next, previous.indexes());
    }

    private Installation.OfRuleset install(
            Installation.@Nullable OfRuleset before, RulesetImage image, Map<String, Compilation> used, Instant now) {
        List<RulesetImage.Refusal> refused = new ArrayList<>();
        List<RulesetImage.Accepted> accepted = image.accepted();
        for (int i = accepted.size() - 1; i >= 0; i--) {
            RulesetImage.Accepted candidate = accepted.get(i);
            PublishedVersion published = candidate.published();
            Compilation compilation = compile(published, used);
            if (compilation.definition().isPresent()) {
                refused.addAll(newer(image.refused(), candidate.offset()));
                refused.sort(Comparator.comparingLong(RulesetImage.Refusal::offset));
                Ruleset running = new Ruleset(compilation.definition().get(), published.version(), published.digest());
                Installation.OfRuleset next = installed(before, running, compilation, now, refused);
                return fed(next, published, accepted.subList(0, i), used, now);
            }
            refused.add(new RulesetImage.Refusal(published.version(), candidate.offset(), compilation.problems()));
        }
        refused.addAll(image.refused());
        refused.sort(Comparator.comparingLong(RulesetImage.Refusal::offset));
        return new Installation.OfRuleset(null, null, null, refused, null);
    }

    private static Installation.OfRuleset installed(
            Installation.@Nullable OfRuleset before,
            Ruleset running,
            Compilation compilation,
            Instant now,
            List<RulesetImage.Refusal> refused) {
        Ruleset old = before == null ? null : before.running();
        if (before != null && old != null && old.version() == running.version()) {
            return new Installation.OfRuleset(old, before.installedAt(), before.report(), refused, null);
        }
        List<Problem> warnings = compilation.problems();
        return new Installation.OfRuleset(
                running,
                now,
                ReloadReport.of(
                        old,
                        before == null || before.fed() == null
                                ? null
                                : before.fed().rules(),
                        running,
                        warnings),
                refused,
                null);
    }

    private Installation.OfRuleset fed(
            Installation.OfRuleset next,
            PublishedVersion published,
            List<RulesetImage.Accepted> earlier,
            Map<String, Compilation> used,
            Instant now) {
        Instant until = published.publishedAt().plus(keepStateOfPrevious);
        Ruleset running = next.running();
        if (running == null || !until.isAfter(now)) {
            return next;
        }
        for (int i = earlier.size() - 1; i >= 0; i--) {
            PublishedVersion previous = earlier.get(i).published();
            if (!mayHaveWindows(previous)) {
                return next;
            }
            Optional<RulesetDefinition> definition = compile(previous, used).definition();
            if (definition.isPresent()) {
                Ruleset before = new Ruleset(definition.get(), previous.version(), previous.digest());
                return FedRules.of(before, running)
                        .map(fed -> next.with(new Installation.Fed(fed, until)))
                        .orElse(next);
            }
        }
        return next;
    }

    /** A version without the word need not be compiled again only to be found without windows. */
    private static boolean mayHaveWindows(PublishedVersion version) {
        return version.source().contains("window") || version.source().contains("missing");
    }

    private Compilation compile(PublishedVersion published, Map<String, Compilation> used) {
        // The name is part of it: two rulesets may be published with one text, and one of them is wrong.
        String identity = published.name() + " " + published.digest();
        Compilation known = compiled.get(identity);
        Compilation compilation = known == null ? compileNamed(published) : known;
        used.put(identity, compilation);
        return compilation;
    }

    private Compilation compileNamed(PublishedVersion published) {
        Compilation compilation = compiler.compile(published.source());
        boolean otherName =
                compilation.definition().stream().anyMatch(d -> !d.name().equals(published.name()));
        return otherName
                ? new Compilation(
                        Optional.empty(),
                        List.of(Problem.error(
                                "name-mismatch",
                                "the record is of ruleset " + published.name() + " and its file says "
                                        + compilation.definition().get().name())))
                : compilation;
    }

    private static List<RulesetImage.Refusal> newer(List<RulesetImage.Refusal> refused, long offset) {
        return refused.stream().filter(r -> r.offset() > offset).toList();
    }
}
