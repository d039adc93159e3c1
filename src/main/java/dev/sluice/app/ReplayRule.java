package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.control.ControlImage;
import dev.sluice.control.PublishedVersion;
import dev.sluice.control.RulesetImage;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import dev.sluice.engine.OwedAlerts;
import dev.sluice.engine.RuleWay;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Digest;
import dev.sluice.ruleset.Ruleset;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the version that serves, whose letters can be replayed.
 *
 * @param apart rules of the version that are in quarantine, by identity
 */
record ReplayRule(Ruleset ruleset, CompiledRule rule, Set<CompiledRule> apart) {

    /**
     * The rule, or why there is none to be replayed.
     *
     * @param code stable, for scripts; empty with a rule
     */
    record Finding(@Nullable ReplayRule rule, String code, String text) {
        static Finding refused(String code, String text) {
            return new Finding(null, code, text);
        }
    }

    /** By the control topic. */
    static Finding find(SluiceConfig config, String ruleset, String rule) {
        ControlImage image = EngineParts.publisher(config, Clock.systemUTC()).readImage();
        Deployment deployment = image.deployments().get(ruleset);
        OptionalLong serving = deployment == null ? OptionalLong.empty() : deployment.serving();
        if (serving.isEmpty()) {
            return Finding.refused(
                    "unknown-ruleset", "no version of ruleset " + ruleset + " serves: see 'sluice status'");
        }
        RulesetImage versions = image.rulesets().getOrDefault(ruleset, RulesetImage.empty());
        Optional<Ruleset> compiled = versions.accepted(serving.getAsLong())
                .flatMap(accepted -> compiled(config, accepted.published()))
                .filter(of -> of.name().equals(ruleset));
        return compiled.isEmpty()
                ? Finding.refused(
                        "not-compiled",
                        "version " + serving.getAsLong() + " of " + ruleset
                                + " cannot be compiled with this topics file:" + " see 'sluice check'")
                : find(compiled.get(), rule, image.quarantines().values());
    }

    private static Optional<Ruleset> compiled(SluiceConfig config, PublishedVersion published) {
        Optional<RulesetDefinition> definition =
                EngineParts.compiler(config).compile(published.source()).definition();
        return definition.map(of -> new Ruleset(of, published.version(), published.digest()));
    }

    static Finding find(Ruleset ruleset, String id, Collection<Quarantine> quarantines) {
        Optional<CompiledRule> found =
                ruleset.rules().stream().filter(rule -> rule.id().equals(id)).findFirst();
        String version = "version " + ruleset.version() + " of " + ruleset.name();
        if (found.isEmpty()) {
            return Finding.refused(
                    "unknown-rule",
                    version + " has no rule " + id + "; it has "
                            + ruleset.rules().stream().map(CompiledRule::id).collect(Collectors.joining(", ")));
        }
        CompiledRule rule = found.get();
        Optional<String> obstacle = RuleWay.obstacle(ruleset, rule);
        if (obstacle.isPresent()) {
            return Finding.refused("not-replayable", "rule " + id + " " + obstacle.get());
        }
        Set<CompiledRule> apart = apart(ruleset, quarantines);
        return apart.contains(rule)
                ? Finding.refused(
                        "rule-in-quarantine",
                        "rule " + id + " is in quarantine: publish a version that mends it, or let it back with 'sluice"
                                + " release " + ruleset.name() + " " + id + "', then replay")
                : new Finding(new ReplayRule(ruleset, rule, apart), "", "");
    }

    private static Set<CompiledRule> apart(Ruleset ruleset, Collection<Quarantine> quarantines) {
        Set<CompiledRule> apart = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Quarantine quarantine : quarantines) {
            if (quarantine.isApart() && quarantine.ruleset().equals(ruleset.name())) {
                ruleset.rules().stream()
                        .filter(rule -> rule.id().equals(quarantine.rule()))
                        .filter(rule -> Digest.of(rule).equals(quarantine.digest()))
                        .forEach(apart::add);
            }
        }
        return apart;
    }

    long version() {
        return ruleset.version();
    }

    /** Evaluates with the version, and with nothing else. */
    OwedAlerts owedAlerts(SluiceConfig config) {
        RuleIndexes indexes = RuleIndexes.of(new ActiveRulesets(Map.of(ruleset.name(), ruleset)));
        return new OwedAlerts(
                config.topics(), EngineParts.serdes(config), Arms.of(indexes).apart(apart), RuleWay.of(ruleset, rule));
    }

    /** Topics that rules of the version emit to. */
    List<String> topics(SluiceConfig config) {
        Set<String> topics = new HashSet<>();
        for (CompiledRule each : ruleset.rules()) {
            String named = each.emit().topic();
            topics.add(named == null ? config.topics().names().alerts() : named);
        }
        return List.copyOf(topics);
    }
}
