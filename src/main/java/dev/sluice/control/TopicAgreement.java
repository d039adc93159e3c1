package dev.sluice.control;

import dev.sluice.deployment.Answer;
import dev.sluice.deployment.Command;
import dev.sluice.deployment.Decider;
import dev.sluice.deployment.Decision;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.Situation;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the decider's store and the control topic in agreement.
 *
 * <ul>
 *   <li>A deployment or quarantine that only the topic holds is taken over: the store's changelog was lost, and what every instance follows is
 *       the truth then. One that only the store holds, or another one, is written again: only the decider writes deployments.
 *   <li>The same holds for the fleet's settings.
 *   <li>Versions that somebody deleted are forgotten: what was active before serves again.
 *   <li>Versions too old to be kept are deleted.
 * </ul>
 *
 * <p>Threading: confined to the thread that has the task.
 */
final class TopicAgreement {
    private static final Logger LOG = LoggerFactory.getLogger(TopicAgreement.class);

    private final DeciderParts parts;
    private final DeciderStore store;
    private final DeciderOutput output;
    private final Function<String, Situation> situations;
    /** Tombstones written that the image does not show yet. */
    private final Set<String> removed = new HashSet<>();

    private boolean isFirst = true;
    private long checkedOffset = -1;

    /** @param situations what the decider sees of a ruleset, at the time of the check */
    TopicAgreement(
            DeciderParts parts, DeciderStore store, DeciderOutput output, Function<String, Situation> situations) {
        this.parts = parts;
        this.store = store;
        this.output = output;
        this.situations = situations;
    }

    /** Called before each look. */
    void check(Instant now) {
        if (isFirst) {
            isFirst = false;
            agree(parts.image().get(), now);
        }
        ControlImage installed = parts.installation().get().image();
        if (installed.offset() != checkedOffset) {
            checkedOffset = installed.offset();
            List.copyOf(store.deployments().values()).forEach(deployment -> check(deployment, installed, now));
        }
    }

    private void agree(ControlImage image, Instant now) {
        agreeOnSettings(image, now);
        image.deployments().forEach((name, deployment) -> {
            if (store.deployment(name).isEmpty()) {
                LOG.atWarn().addKeyValue("ruleset", name).log("the decider's store lacked the deployment: taken over");
                store.put(deployment);
            }
        });
        image.quarantines().forEach((key, quarantine) -> {
            if (!store.quarantines().containsKey(key)) {
                LOG.atWarn().addKeyValue("key", key).log("the decider's store lacked the quarantine: taken over");
                store.put(quarantine);
            }
        });
        for (Deployment deployment : List.copyOf(store.deployments().values())) {
            if (!deployment.equals(image.deployments().get(deployment.ruleset()))) {
                output.put(deployment, now);
            }
        }
        Map.copyOf(store.quarantines()).forEach((key, quarantine) -> {
            if (!quarantine.equals(image.quarantines().get(key))) {
                output.put(quarantine, now);
            }
        });
    }

    /** A reset is told by a revision without settings; what this build cannot read is left to one that can. */
    private void agreeOnSettings(ControlImage image, Instant now) {
        Optional<PublishedSettings> kept = store.settings();
        if (kept.isEmpty() && store.settingsRevision() == 0 && image.settings().isPresent()) {
            LOG.warn("the decider's store lacked the settings: taken over");
            store.put(image.settings().get());
        } else if (kept.isPresent() && !kept.equals(image.settings())) {
            output.put(kept.get(), now);
        } else if (kept.isEmpty()
                && !store.holdsUnreadableSettings()
                && image.settings().isPresent()) {
            output.forgetSettings(now);
        }
    }

    /** Only where the image has caught up with the store: before that, a new version may seem to be deleted. */
    private void check(Deployment deployment, ControlImage image, Instant now) {
        String ruleset = deployment.ruleset();
        if (!deployment.equals(image.deployments().get(ruleset))) {
            return;
        }
        RulesetImage versions = image.rulesets().getOrDefault(ruleset, RulesetImage.empty());
        SortedSet<Long> accepted = new TreeSet<>();
        versions.accepted().forEach(each -> accepted.add(each.published().version()));
        if (accepted.isEmpty()) {
            output.forget(deployment, "no version of the ruleset is left on the control topic", now);
        } else if (accepted.contains(deployment.version())) {
            retain(deployment, accepted, now);
            removeOld(ruleset, deployment, versions, now);
        } else {
            takeBack(deployment, accepted, now);
        }
    }

    private void retain(Deployment deployment, SortedSet<Long> accepted, Instant now) {
        Deployment retained = deployment.retaining(accepted);
        if (!retained.equals(deployment)) {
            output.put(retained, now);
        }
    }

    /** Its version was deleted: as somebody would have taken it back by command. */
    private void takeBack(Deployment deployment, SortedSet<Long> accepted, Instant now) {
        Deployment retained = deployment.retaining(accepted);
        boolean isUnderWay = !deployment.state().isOver();
        if (!isUnderWay && !(deployment.state() instanceof Active)) {
            retain(deployment, accepted, now);
            return;
        }
        String reason = "version " + deployment.version() + " was deleted from the control topic";
        Command.Move move = isUnderWay ? new Command.Abort() : new Command.Rollback(null);
        Deployment.Origin origin = new Deployment.Origin(AuditEvents.ITSELF, reason);
        Situation situation = situations.apply(deployment.ruleset());
        Decision decision = Decider.command(retained, new Command("", origin, move), situation);
        if (decision.answer() instanceof Answer.Accepted) {
            output.write(deployment.ruleset(), decision, now);
        } else if (!isUnderWay) {
            // Nothing to go back to: the ruleset begins anew with what is there.
            output.forget(deployment, reason, now);
        }
    }

    private void removeOld(String ruleset, Deployment deployment, RulesetImage versions, Instant now) {
        int kept = store.inForce(parts.limits().settings()).versionsKept();
        List<Long> removable = VersionHistory.removable(versions, deployment, kept);
        removed.removeIf(key -> key.startsWith(ruleset + "/") && !removable.contains(number(key)));
        for (long version : removable) {
            if (removed.add(ruleset + "/" + version)) {
                output.removeVersion(ruleset, version, "older than the newest " + kept, now);
            }
        }
    }

    private static Long number(String key) {
        return Long.valueOf(key.substring(key.indexOf('/') + 1));
    }
}
