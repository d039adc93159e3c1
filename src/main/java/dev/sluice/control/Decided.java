package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the decider alone writes, folded. Immutable.
 *
 * @param deployments by the name of their ruleset
 * @param quarantines by the key of their record
 * @param settings of the fleet; null: none
 */
record Decided(
        SortedMap<String, Deployment> deployments,
        SortedMap<String, Quarantine> quarantines,
        @Nullable PublishedSettings settings) {
    static final Decided NOTHING = new Decided(new TreeMap<>(), new TreeMap<>(), null);

    Decided {
        deployments = Collections.unmodifiableSortedMap(deployments);
        quarantines = Collections.unmodifiableSortedMap(quarantines);
    }

    /** What is decided after the record; the same for a record of another kind. */
    Decided apply(ControlRecord record) {
        if (record instanceof ControlRecord.DeploymentChanged changed) {
            return withDeployments(next -> next.put(changed.deployment().ruleset(), changed.deployment()));
        }
        if (record instanceof ControlRecord.DeploymentDeleted deleted) {
            return withDeployments(next -> next.remove(deleted.of().name()));
        }
        if (record instanceof ControlRecord.QuarantineChanged changed) {
            return withQuarantines(next -> next.put(changed.key(), changed.quarantine()));
        }
        if (record instanceof ControlRecord.QuarantineDeleted deleted) {
            return withQuarantines(next -> next.remove(deleted.key()));
        }
        if (record instanceof ControlRecord.SettingsChanged changed) {
            return new Decided(deployments, quarantines, changed.settings());
        }
        return record instanceof ControlRecord.SettingsDeleted ? new Decided(deployments, quarantines, null) : this;
    }

    private Decided withDeployments(Consumer<SortedMap<String, Deployment>> change) {
        SortedMap<String, Deployment> next = new TreeMap<>(deployments);
        change.accept(next);
        return new Decided(next, quarantines, settings);
    }

    private Decided withQuarantines(Consumer<SortedMap<String, Quarantine>> change) {
        SortedMap<String, Quarantine> next = new TreeMap<>(quarantines);
        change.accept(next);
        return new Decided(deployments, next, settings);
    }
}
