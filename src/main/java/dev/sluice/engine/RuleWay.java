package dev.sluice.engine;

import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ways of events through a ruleset on which one of its rules lies. Immutable. */
public final class RuleWay {
    private final String rule;
    /** Rules whose matches may lead to it. */
    private final Set<String> before = new HashSet<>();

    private RuleWay(String rule) {
        this.rule = rule;
    }

    /** The ways through a rule of the ruleset. */
    public static RuleWay of(Ruleset ruleset, CompiledRule rule) {
        RuleWay way = new RuleWay(rule.id());
        way.addBefore(ruleset, rule);
        return way;
    }

    private void addBefore(Ruleset ruleset, CompiledRule reader) {
        for (CompiledRule emitter : emitters(ruleset, reader)) {
            if (before.add(emitter.id())) {
                addBefore(ruleset, emitter);
            }
        }
    }

    private static List<CompiledRule> emitters(Ruleset ruleset, CompiledRule reader) {
        return ruleset.rules().stream()
                .filter(emitter -> emitter.emit().type().name().equals(reader.from()))
                .toList();
    }

    /** Why no event alone makes the rule speak, as a text that goes on after its name; empty when one does. */
    public static Optional<String> obstacle(Ruleset ruleset, CompiledRule rule) {
        if (rule.windowing() != null) {
            return Optional.of(
                    "has windows, and they cannot be replayed: what it would have said of an event depends on the"
                            + " others that were in its window then");
        }
        if (rule.timer() != null) {
            return Optional.of("goes by the clock: no event sets it off");
        }
        List<CompiledRule> emitters = emitters(ruleset, rule);
        boolean isReached = emitters.isEmpty()
                || emitters.stream()
                        .anyMatch(emitter -> obstacle(ruleset, emitter).isEmpty());
        return isReached
                ? Optional.empty()
                : Optional.of("reads what rule " + emitters.get(0).id() + " emits, which "
                        + obstacle(ruleset, emitters.get(0)).orElse(""));
    }

    /** @param path as of a match */
    boolean isThrough(String path) {
        return Arrays.asList(path.split(">")).contains(rule);
    }

    /** Whether what a rule lacks is lacking on a way through this one. */
    boolean concerns(CompiledRule lacking, String path) {
        return isThrough(path) || before.contains(lacking.id());
    }
}
