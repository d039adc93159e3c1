package dev.sluice.control;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of what an installation changed on this instance, once. */
final class InstallationLog {
    private static final Logger LOG = LoggerFactory.getLogger(InstallationLog.class);

    private InstallationLog() {}

    static void changes(Installation before, Installation now) {
        now.rulesets().forEach((name, of) -> {
            Installation.OfRuleset old = before.rulesets().get(name);
            running(name, old, of);
            refused(name, old, of);
        });
        before.rulesets().keySet().stream()
                .filter(name -> !now.rulesets().containsKey(name))
                .forEach(name -> LOG.atInfo().addKeyValue("ruleset", name).log("ruleset removed"));
        if (before.settingsRevision() != now.settingsRevision()) {
            LOG.atInfo().addKeyValue("revision", now.settingsRevision()).log("settings of the fleet in force");
        }
        if (!now.missing().isEmpty() && !now.missing().equals(before.missing())) {
            LOG.atError().log("this instance must not evaluate: {}", now.missing());
        }
    }

    private static void running(String name, Installation.@Nullable OfRuleset old, Installation.OfRuleset of) {
        if (of.running() != null && (old == null || old.running() != of.running())) {
            LOG.atInfo()
                    .addKeyValue("ruleset", name)
                    .addKeyValue("version", of.running().version())
                    .addKeyValue("rules", of.running().rules().size())
                    .log("ruleset installed");
        }
    }

    private static void refused(String name, Installation.@Nullable OfRuleset old, Installation.OfRuleset of) {
        for (RulesetImage.Refusal refusal : of.refused()) {
            if (old == null || !old.refused().contains(refusal)) {
                LOG.atWarn()
                        .addKeyValue("ruleset", name)
                        .addKeyValue("version", refusal.version())
                        .addKeyValue("offset", refusal.offset())
                        .log("version refused: {}", refusal.problems().get(0).message());
            }
        }
    }
}
