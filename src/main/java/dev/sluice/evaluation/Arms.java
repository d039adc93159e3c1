package dev.sluice.evaluation;

import dev.sluice.deployment.KeySplit;
import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.FedRules;
import dev.sluice.ruleset.Ruleset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force for every key. While a version is rolled out, a share of the keys is the candidate's: then there are
 * indexes for both, and the key tells which are asked. Immutable; the stream threads read it once an event.
 */
public final class Arms {
    /** No rulesets. */
    public static final Arms NONE = of(RuleIndexes.NONE);

    private final List<Rollout> rollouts;
    /** Those with keys: each has a bit. */
    private final Rollout[] divided;
    /** By the set of candidates that decide, as bits; the first is that of the stable versions. */
    private final List<RuleIndexes> indexes;

    private final List<Ruleset> fed;
    private final Sides sides;
    private final Pace pace;
    private final Apart apart;
    private final boolean windowed;
    /** Of windowed rules with more than one version. */
    private final Map<RuleName, List<CompiledRule>> siblings = new HashMap<>();

    private record RuleName(String ruleset, String rule) {}

    /** How often the time of an evaluation is taken. */
    private enum Pace {
        SOMETIMES,
        ALWAYS
    }

    /**
     * A version on its way.
     *
     * @param candidate another version of the ruleset {@code stable}
     * @param weight buckets of the split that are the candidate's; 0: its windows are fed, and no key is its
     */
    public record Rollout(Ruleset stable, Ruleset candidate, KeySplit split, int weight) {
        public boolean isCandidate(String key) {
            return split.isWithin(weight, key);
        }

        Ruleset of(Arm arm) {
            return arm == Arm.CANDIDATE ? candidate : stable;
        }
    }

    /**
     * Which rule an event that was handed over is for.
     *
     * @param ruleset fed where the rule only keeps its windows
     */
    public record Receiver(Ruleset ruleset, CompiledRule rule) {}

    /** How rules are evaluated, whichever they are. */
    private record Manner(Pace pace, Set<CompiledRule> apart) {
        static final Manner USUAL = new Manner(Pace.SOMETIMES, Set.of());
    }

    private Arms(List<Rollout> rollouts, List<RuleIndexes> indexes, List<Ruleset> fed, Manner manner) {
        this.rollouts = List.copyOf(rollouts);
        this.divided = rollouts.stream().filter(Arms::hasKeys).toArray(Rollout[]::new);
        this.indexes = List.copyOf(indexes);
        this.fed = List.copyOf(fed);
        this.sides = Sides.of(rollouts);
        this.pace = manner.pace();
        this.apart = Apart.of(manner.apart(), indexes);
        this.windowed = indexes.stream().anyMatch(RuleIndexes::hasWindows);
        boolean isSingle = rollouts.isEmpty() && fed.isEmpty();
        if (!isSingle) {
            rulesets().forEach(this::addSiblings);
            siblings.values().removeIf(rules -> rules.size() == 1);
        }
    }

    private void addSiblings(Ruleset ruleset) {
        for (CompiledRule rule : ruleset.rules()) {
            if (rule.windowing() != null) {
                siblings.computeIfAbsent(new RuleName(ruleset.name(), rule.id()), name -> new ArrayList<>())
                        .add(rule);
            }
        }
    }

    /** The versions of a windowed rule that are evaluated or fed, all of them; none when there is only one. */
    public List<CompiledRule> siblings(String ruleset, String rule) {
        return siblings.isEmpty() ? List.of() : siblings.getOrDefault(new RuleName(ruleset, rule), List.of());
    }

    private static boolean hasKeys(Rollout rollout) {
        return rollout.weight() > 0;
    }

    /** One version of each ruleset. */
    public static Arms of(RuleIndexes indexes) {
        return new Arms(List.of(), List.of(indexes), indexes.fed(), Manner.USUAL);
    }

    /**
     * The arms of other versions; what did not change is shared. Rules that are apart stay so until {@link #apart} is told of
     * others.
     *
     * @param active the stable versions
     * @param fed those of versions before whose windows go on without a voice
     * @param next few of them with keys: each of these doubles the indexes
     */
    public Arms changed(ActiveRulesets active, List<Ruleset> fed, List<Rollout> next) {
        List<Ruleset> kept = fed.stream().flatMap(each -> without(each, next)).toList();
        List<Rollout> withKeys = next.stream().filter(Arms::hasKeys).toList();
        List<RuleIndexes> made = new ArrayList<>();
        for (int set = 0; set < 1 << withKeys.size(); set++) {
            Map<String, Ruleset> deciding = new HashMap<>(active.byName());
            List<Ruleset> silent = new ArrayList<>(kept);
            for (Rollout rollout : next) {
                int bit = withKeys.indexOf(rollout);
                Arm arm = bit >= 0 && (set & 1 << bit) != 0 ? Arm.CANDIDATE : Arm.STABLE;
                Ruleset decides = rollout.of(arm);
                Ruleset other = rollout.of(arm == Arm.STABLE ? Arm.CANDIDATE : Arm.STABLE);
                deciding.put(decides.name(), decides);
                (hasKeys(rollout) ? FedRules.beside(other, decides) : FedRules.of(other, decides))
                        .ifPresent(silent::add);
            }
            RuleIndexes before = indexes.get(Math.min(set, indexes.size() - 1));
            made.add(changed(before, new ActiveRulesets(deciding), silent));
        }
        boolean isSame = pace == Pace.SOMETIMES
                && made.equals(indexes)
                && isSame(rollouts, next)
                && rules(kept).equals(rules(this.fed));
        return isSame ? this : new Arms(next, made, kept, new Manner(Pace.SOMETIMES, apart.rules()));
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged version is the same object
    private static boolean isSame(List<Rollout> before, List<Rollout> after) {
        boolean isSame = before.size() == after.size();
        for (int i = 0; isSame && i < before.size(); i++) {
            Rollout one = before.get(i);
            Rollout other = after.get(i);
            isSame = one.stable() == other.stable()
                    && one.candidate() == other.candidate()
                    && one.weight() == other.weight()
                    && one.split().salt().equals(other.split().salt());
        }
        return isSame;
    }

    /** A fed ruleset is made anew each time, so it is the rules that are compared. */
    private static RuleIndexes changed(RuleIndexes before, ActiveRulesets active, List<Ruleset> silent) {
        boolean isSame = active.equals(before.rulesets()) && rules(silent).equals(rules(before.fed()));
        return isSame ? before : before.changed(active, silent);
    }

    private static List<Object> rules(List<Ruleset> rulesets) {
        return rulesets.stream()
                .<Object>map(ruleset -> List.of(ruleset.name(), ruleset.version(), ruleset.rules()))
                .toList();
    }

    private static Stream<Ruleset> without(Ruleset fed, List<Rollout> next) {
        Optional<Ruleset> left = Optional.of(fed);
        for (Rollout rollout : next) {
            if (rollout.stable().name().equals(fed.name())) {
                left = left.flatMap(rules -> FedRules.without(rules, rollout.stable()))
                        .flatMap(rules -> FedRules.without(rules, rollout.candidate()));
            }
        }
        return left.stream();
    }

    /** The same, where the time of each evaluation is to be taken: a version is watched. */
    public Arms watched() {
        return new Arms(rollouts, indexes, fed, new Manner(Pace.ALWAYS, apart.rules()));
    }

    /**
     * The same with these rules set apart, and no others: they are not evaluated in any way, and what they would have been
     * asked about is owed. Indexes, pace and versions on their way stay; this object itself when the rules do.
     *
     * @param rules by identity: those that are in no version here do no harm
     */
    public Arms apart(Set<CompiledRule> rules) {
        return apart.isOf(rules) ? this : new Arms(rollouts, indexes, fed, new Manner(pace, rules));
    }

    /** Whether the rule itself is set apart, not one that looks alike. */
    public boolean isApart(CompiledRule rule) {
        return apart.has(rule);
    }

    Apart apart() {
        return apart;
    }

    /**
     * Whether time must not be told to a windowed rule: it is apart, and no other version speaks for some of its keys from the
     * same state.
     */
    public boolean isWaiting(CompiledRule rule) {
        return apart.has(rule) && sharing(rule).map(apart::has).orElse(true);
    }

    /** Whether the time of each evaluation is taken, and not only of some. */
    public boolean isWatched() {
        return pace == Pace.ALWAYS || divided.length > 0;
    }

    /** Those of the stable versions. */
    public RuleIndexes stable() {
        return indexes.get(0);
    }

    /** All of them; the first are those of the stable versions. */
    public List<RuleIndexes> all() {
        return indexes;
    }

    /** Whether the key tells which rules decide. */
    public boolean isSplit() {
        return divided.length > 0;
    }

    /** The indexes that decide about a key. */
    public RuleIndexes of(String key) {
        int set = 0;
        for (int i = 0; i < divided.length; i++) {
            set |= divided[i].isCandidate(key) ? 1 << i : 0;
        }
        return indexes.get(set);
    }

    /** The indexes that decide about an event. One without a key has the empty text. */
    public RuleIndexes of(Moment moment) {
        if (divided.length == 0) {
            return indexes.get(0);
        }
        String key = moment.key();
        return of(key == null ? "" : key);
    }

    /** The indexes that decide about a group key. */
    public RuleIndexes of(GroupKey key) {
        return divided.length == 0 ? indexes.get(0) : of(key.splitText());
    }

    /** Those of the rules that go by the clock, which have no key: a candidate's once all keys are its. */
    public RuleIndexes ofClock() {
        int set = 0;
        for (int i = 0; i < divided.length; i++) {
            set |= divided[i].weight() >= KeySplit.BUCKETS ? 1 << i : 0;
        }
        return indexes.get(set);
    }

    /** The indexes like the given ones in which this version decides. */
    RuleIndexes deciding(RuleIndexes like, Ruleset version) {
        for (int i = 0; i < divided.length; i++) {
            Rollout rollout = divided[i];
            if (rollout.stable().name().equals(version.name())) {
                int others = indexes.indexOf(like) & ~(1 << i);
                return indexes.get(version.version() == rollout.candidate().version() ? others | 1 << i : others);
            }
        }
        return like;
    }

    /** Of a windowed rule that the other version has otherwise; null of all others. */
    @Nullable Side side(CompiledRule rule) {
        return sides.of(rule);
    }

    /**
     * Which rule is to be evaluated for a key of a windowed rule.
     *
     * @param rule of one of the versions, which admits the event
     * @param timeMs in the window
     */
    public Receiver receiver(Receiver rule, GroupKey key, long timeMs, Windows windows) {
        Side side = side(rule.rule());
        if (side == null) {
            return rule;
        }
        IndexedRule speaker = side.speaker(key, timeMs, windows);
        return new Receiver(speaker.ruleset(), speaker.rule());
    }

    /** The other version's rule that has the same window state, and differs. */
    public Optional<CompiledRule> sharing(CompiledRule rule) {
        Side side = side(rule);
        return side == null ? Optional.empty() : side.sharing().map(IndexedRule::rule);
    }

    /** The arm of a version that decided. */
    public Arm arm(Ruleset ruleset) {
        for (Rollout rollout : rollouts) {
            Ruleset candidate = rollout.candidate();
            if (candidate.name().equals(ruleset.name()) && candidate.version() == ruleset.version()) {
                return Arm.CANDIDATE;
            }
        }
        return Arm.STABLE;
    }

    /** All rulesets that have window state: those in force, candidates among them, then those that are only fed. */
    public List<Ruleset> rulesets() {
        List<Ruleset> all = new ArrayList<>(stable().rulesets().inOrder());
        rollouts.forEach(rollout -> all.add(rollout.candidate()));
        all.addAll(fed);
        return all;
    }

    /** Whether any rule has windows, so that the time of events matters. */
    public boolean hasWindows() {
        return windowed;
    }

    /** The versions on their way. */
    public List<Rollout> rollouts() {
        return rollouts;
    }

    /** That of a ruleset. */
    public Optional<Rollout> rollout(String ruleset) {
        return rollouts.stream()
                .filter(rollout -> rollout.stable().name().equals(ruleset))
                .findFirst();
    }
}
