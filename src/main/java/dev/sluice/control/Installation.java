package dev.sluice.control;

import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.ReloadReport;
import dev.sluice.ruleset.Ruleset;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one instance runs: for each ruleset of the image the version that is installed, and apart from it what was
 * refused. Immutable; the stream threads read {@link #indexes} once an event.
 */
public final class Installation {
    /** Before any control record. */
    public static final Installation EMPTY = new Installation(ControlImage.EMPTY, new TreeMap<>(), RuleIndexes.NONE);

    /**
     * One ruleset on this instance.
     *
     * @param running the installed version; null while none ever compiled
     * @param installedAt when this instance installed it; null with {@code running}
     * @param report of the last activation here; null with {@code running}
     * @param refused versions newer than the installed one which this instance does not run, in the order of the log
     * @param fed what of the version before is fed without emitting; null for nothing
     */
    public record OfRuleset(
            @Nullable Ruleset running,
            @Nullable Instant installedAt,
            @Nullable ReloadReport report,
            List<RulesetImage.Refusal> refused,
            @Nullable Fed fed) {
        public OfRuleset {
            refused = List.copyOf(refused);
        }

        OfRuleset with(Fed rules) {
            return new OfRuleset(running, installedAt, report, refused, rules);
        }
    }

    /**
     * Rules of the version before that are fed, so that a rollback finds their window state.
     *
     * @param until when that ends
     */
    public record Fed(Ruleset rules, Instant until) {}

    private final ControlImage image;
    private final SortedMap<String, OfRuleset> rulesets;
    private final RuleIndexes indexes;

    /** @param before what was installed: the indexes go on from it */
    Installation(ControlImage image, SortedMap<String, OfRuleset> rulesets, RuleIndexes before) {
        this.image = image;
        this.rulesets = Collections.unmodifiableSortedMap(rulesets);
        Map<String, Ruleset> running = new HashMap<>();
        rulesets.forEach((name, of) -> {
            if (of.running() != null) {
                running.put(name, of.running());
            }
        });
        ActiveRulesets active = new ActiveRulesets(running);
        List<Ruleset> fed = rulesets.values().stream()
                .flatMap(of -> Stream.ofNullable(of.fed()))
                .map(Fed::rules)
                .toList();
        boolean isSame = active.equals(before.rulesets()) && fed.equals(before.fed());
        this.indexes = isSame ? before : before.changed(active, fed);
    }

    /** The image that this is the installation of. */
    public ControlImage image() {
        return image;
    }

    public SortedMap<String, OfRuleset> rulesets() {
        return rulesets;
    }

    /** The first moment at which rules are no longer to be fed; empty when none are. */
    public Optional<Instant> fedUntil() {
        return rulesets.values().stream()
                .flatMap(of -> Stream.ofNullable(of.fed()))
                .map(Fed::until)
                .min(Comparator.naturalOrder());
    }

    /** The rulesets that run. */
    public ActiveRulesets active() {
        return indexes.rulesets();
    }

    /** The same, to evaluate events with. */
    public RuleIndexes indexes() {
        return indexes;
    }
}
