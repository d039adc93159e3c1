package dev.sluice.control;

import dev.sluice.deployment.Quarantine;
import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Digest;
import dev.sluice.ruleset.Ruleset;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rules that an instance must not evaluate: those in quarantine, in every version that says the same of them.
 *
 * @param rules the very rules
 * @param ids by ruleset, sorted
 * @param known digests of rules, by the rule itself: only of those that bear the name of one in quarantine
 */
record ApartRules(Set<CompiledRule> rules, Map<String, List<String>> ids, Map<CompiledRule, String> known) {
    static final ApartRules NONE = new ApartRules(Set.of(), Map.of(), new IdentityHashMap<>());

    /** @param evaluated all versions that are evaluated or fed */
    ApartRules next(Collection<Quarantine> quarantines, List<Ruleset> evaluated) {
        Map<String, Map<String, String>> digests = digests(quarantines);
        if (digests.isEmpty()) {
            return NONE;
        }
        Set<CompiledRule> apart = Collections.newSetFromMap(new IdentityHashMap<>());
        IdentityHashMap<CompiledRule, String> computed = new IdentityHashMap<>();
        Map<String, Set<String>> apartIds = new TreeMap<>();
        for (Ruleset ruleset : evaluated) {
            Map<String, String> wanted = digests.getOrDefault(ruleset.name(), Map.of());
            named(ruleset, wanted.keySet()).forEach(rule -> {
                String digest = computed.computeIfAbsent(rule, this::digest);
                if (digest.equals(wanted.get(rule.id()))) {
                    apart.add(rule);
                    apartIds.computeIfAbsent(ruleset.name(), name -> new TreeSet<>())
                            .add(rule.id());
                }
            });
        }
        Map<String, List<String>> sorted = new HashMap<>();
        apartIds.forEach((name, ofRuleset) -> sorted.put(name, List.copyOf(ofRuleset)));
        return new ApartRules(
                Collections.unmodifiableSet(apart), Map.copyOf(sorted), Collections.unmodifiableMap(computed));
    }

    private String digest(CompiledRule rule) {
        String digest = known.get(rule);
        return digest == null ? Digest.of(rule) : digest;
    }

    /** By ruleset and rule. */
    private static Map<String, Map<String, String>> digests(Collection<Quarantine> quarantines) {
        Map<String, Map<String, String>> digests = new HashMap<>();
        quarantines.stream()
                .filter(Quarantine::isApart)
                .forEach(each -> digests.computeIfAbsent(each.ruleset(), name -> new HashMap<>())
                        .put(each.rule(), each.digest()));
        return digests;
    }

    private static Stream<CompiledRule> named(Ruleset ruleset, Set<String> ids) {
        return ids.isEmpty() ? Stream.empty() : ruleset.rules().stream().filter(rule -> ids.contains(rule.id()));
    }

    List<String> of(String ruleset) {
        return ids.getOrDefault(ruleset, List.of());
    }
}
