package dev.sluice.control;

import dev.sluice.deployment.RuleDigests;
import dev.sluice.ruleset.Digest;
import dev.sluice.ruleset.Ruleset;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Digests of rules, of the versions that this instance has compiled. Each is computed once: there are few that anybody asks for,
 * of rulesets with thousands of rules.
 *
 * <p>Threading: confined to one thread.
 */
final class InstalledDigests {
    private final Supplier<Installation> installation;
    private final IdentityHashMap<Ruleset, Map<String, Optional<String>>> known = new IdentityHashMap<>();
    private Installation seen = Installation.EMPTY;

    InstalledDigests(Supplier<Installation> installation) {
        this.installation = installation;
    }

    /** Of the versions of one ruleset, as they are installed now. */
    RuleDigests of(String ruleset) {
        Installation now = installation.get();
        forgetOthers(now);
        Installation.OfRuleset of = now.rulesets().get(ruleset);
        return new RuleDigests() {
            @Override
            public boolean isKnown(long version) {
                return compiled(of, version) != null;
            }

            @Override
            public Optional<String> of(long version, String rule) {
                Ruleset rules = compiled(of, version);
                return rules == null ? Optional.empty() : digest(rules, rule);
            }
        };
    }

    private static @Nullable Ruleset compiled(Installation.@Nullable OfRuleset of, long version) {
        CompiledVersion compiled = of == null ? null : of.versions().compiled().get(version);
        return compiled == null ? null : compiled.ruleset();
    }

    private Optional<String> digest(Ruleset rules, String id) {
        return known.computeIfAbsent(rules, each -> new HashMap<>())
                .computeIfAbsent(
                        id,
                        rule -> rules.rules().stream()
                                .filter(each -> each.id().equals(rule))
                                .findFirst()
                                .map(Digest::of));
    }

    @SuppressWarnings("ReferenceEquality") // each change makes another
    private void forgetOthers(Installation now) {
        if (now == seen) {
            return;
        }
        seen = now;
        Set<Ruleset> compiled = Collections.newSetFromMap(new IdentityHashMap<>());
        now.rulesets()
                .values()
                .forEach(of -> of.versions().compiled().values().forEach(version -> {
                    if (version.ruleset() != null) {
                        compiled.add(version.ruleset());
                    }
                }));
        known.keySet().removeIf(rules -> !compiled.contains(rules));
    }
}
