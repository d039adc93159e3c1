package dev.sluice.rule.compile;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Mode;
import dev.sluice.rule.Problem;
import dev.sluice.rule.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Warnings of rules that add nothing, because another rule matches every event that they do: where the first match
 * decides, a rule tried before; where all act, one that emits the same. A function of the rules and their places alone.
 *
 * <p>It misses some and tells none that is not so. The work is bounded: a rule is held against at most {@link
 * ReachTable#KEPT_MAX} others for each of {@link Reach#LOOKUPS_MAX} keys, and a ruleset's rules {@link
 * ReachTable#COMPARISONS_MAX} times.
 */
record Subsumption(Mode mode, List<PlacedRule> rules) {
    static final String SUBSUMED = "subsumed";
    /** Rules that are told; past them none is sought, but for one. */
    static final int TOLD_MAX = 20;

    Subsumption {
        rules = List.copyOf(rules);
    }

    /** A rule and one that matches all that it does. */
    private record Pair(PlacedRule narrower, PlacedRule wider) {}

    /** Of a file without errors. */
    static Subsumption of(RuleFile file, List<CompiledRule> compiled, Pace pace) {
        List<PlacedRule> rules = new ArrayList<>(compiled.size());
        for (int i = 0; i < compiled.size(); i++) {
            Place place = file.rules().get(i).id().place();
            rules.add(new PlacedRule(Reach.of(compiled.get(i), file.mode()), place));
            pace.step();
        }
        return new Subsumption(file.mode(), rules);
    }

    List<Problem> warnings() {
        List<Pair> pairs = mode == Mode.FIRST_MATCH ? decided() : doubled();
        List<Problem> warnings = new ArrayList<>();
        pairs.stream()
                .limit(TOLD_MAX)
                .sorted(Comparator.comparing(pair -> pair.narrower().place()))
                .forEach(pair -> warnings.add(warning(pair)));
        if (pairs.size() > TOLD_MAX) {
            warnings.add(new Problem(
                    Severity.WARNING,
                    SUBSUMED,
                    null,
                    0,
                    0,
                    "more rules than these add nothing, because another rule matches the same events; correct those above"
                            + " and check again"));
        }
        return warnings;
    }

    /** Each rule against those that are tried before it, until one more is found than is told. */
    private List<Pair> decided() {
        List<PlacedRule> inOrder = new ArrayList<>(rules);
        inOrder.sort(Comparator.comparingLong(rule -> -rule.reach().rule().priority()));
        ReachTable before = new ReachTable(inOrder);
        List<Pair> pairs = new ArrayList<>();
        for (int rule = 0; rule < inOrder.size() && pairs.size() <= TOLD_MAX; rule++) {
            int wider = before.covering(rule);
            if (wider >= 0) {
                pairs.add(new Pair(inOrder.get(rule), inOrder.get(wider)));
            } else {
                before.add(rule);
            }
        }
        return pairs;
    }

    /** Each rule against all others, until one more is found than is told. */
    private List<Pair> doubled() {
        ReachTable table = new ReachTable(rules);
        for (int rule = 0; rule < rules.size(); rule++) {
            table.add(rule);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int rule = 0; rule < rules.size() && pairs.size() <= TOLD_MAX; rule++) {
            int wider = table.covering(rule);
            if (wider >= 0) {
                pairs.add(new Pair(rules.get(rule), rules.get(wider)));
            }
        }
        return pairs;
    }

    private Problem warning(Pair pair) {
        PlacedRule narrower = pair.narrower();
        String wider = "`" + pair.wider().reach().rule().id() + "`";
        String message = mode == Mode.FIRST_MATCH
                ? "this rule never decides: rule " + wider + ", which is tried before it, matches every event that it"
                        + " matches; put it before that one, narrow that one, or remove it"
                : "this rule adds nothing: rule " + wider + " matches every event that it matches, and emits the same;"
                        + " remove one of them, or let them emit different things";
        return new Problem(
                Severity.WARNING, SUBSUMED, narrower.reach().rule().id(), narrower.line(), narrower.column(), message);
    }
}
