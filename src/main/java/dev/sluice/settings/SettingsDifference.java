package dev.sluice.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What other settings change.
 *
 * @param changes in the order of a settings file, those of what is gone last
 */
public record SettingsDifference(List<Change> changes) {
    public SettingsDifference {
        changes = List.copyOf(changes);
    }

    /**
     * One setting that is another, new or gone.
     *
     * @param path as in a settings file: {@code limits.splits}
     * @param before null when it is new
     * @param after null when it is gone
     */
    public record Change(
            String path, @Nullable String before, @Nullable String after) {
        public Scope scope() {
            return Scope.of(path);
        }
    }

    public static SettingsDifference between(FleetSettings before, FleetSettings after) {
        Map<String, String> old = before.definition();
        Map<String, String> now = after.definition();
        Set<String> paths = new LinkedHashSet<>(now.keySet());
        paths.addAll(old.keySet());
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(old.get(path), now.get(path))) {
                changes.add(new Change(path, old.get(path), now.get(path)));
            }
        }
        return new SettingsDifference(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The largest scope of the changes; empty when nothing changes. */
    public Optional<Scope> scope() {
        return changes.stream().map(Change::scope).min(Comparator.naturalOrder());
    }
}
