package dev.sluice.app;

import dev.sluice.engine.WindowSize;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.WindowStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How much window state rules have, as instances tell it on the status topic. */
final class WindowSizes {
    private static final int LISTED_MAX = 100;

    private WindowSizes() {}

    /** @param late events that came too late, by {@code RULESET/RULE} */
    static List<WindowStatus> statuses(Collection<WindowSize> sizes, Map<String, Long> late) {
        return sizes.stream()
                .sorted(Comparator.comparingLong(WindowSize::bytes).reversed())
                .limit(LISTED_MAX)
                .map(size -> new WindowStatus(
                        size.ruleset(),
                        size.rule(),
                        size.isUsed(),
                        size.keys(),
                        size.bytes(),
                        late.getOrDefault(size.ruleset() + "/" + size.rule(), 0L)))
                .toList();
    }

    /** State in force of a rule on all instances, for people; empty when none is told. */
    static Optional<String> text(Collection<InstanceStatus> fleet, String ruleset, String rule) {
        List<WindowStatus> those = fleet.stream()
                .flatMap(status -> status.getWindows().stream())
                .filter(status -> status.getInForce()
                        && status.getRuleset().equals(ruleset)
                        && status.getRule().equals(rule))
                .toList();
        long keys = those.stream().mapToLong(WindowStatus::getKeys).sum();
        long bytes = those.stream().mapToLong(WindowStatus::getBytes).sum();
        return those.isEmpty()
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "about %,d keys, %,d bytes", keys, bytes));
    }
}
