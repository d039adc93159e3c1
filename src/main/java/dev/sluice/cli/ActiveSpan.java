package dev.sluice.cli;

import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a version was active.
 *
 * @param to null: it is still
 */
record ActiveSpan(long version, Instant from, @Nullable Instant to) {
    private static final String ACTIVE = "Active";
    private static final String ROLLING_BACK = "RollingBack";

    /**
     * The spans of one ruleset, the oldest first.
     *
     * @param events of the ruleset, in order
     * @param serving the version that is active now; empty when there is none
     */
    static List<ActiveSpan> of(List<AuditEvent> events, OptionalLong serving) {
        Reading reading = new Reading();
        events.stream()
                .filter(event -> event.getKind() == AuditKind.TRANSITION && event.getVersion() != null)
                .forEach(reading::take);
        return reading.end(serving);
    }

    /** Follows the transitions; a version that is taken back leaves the place to the one before. */
    private static final class Reading {
        private final List<ActiveSpan> spans = new ArrayList<>();
        private final Deque<Long> lineage = new ArrayDeque<>();
        private Optional<ActiveSpan> open = Optional.empty();

        void take(AuditEvent event) {
            if (event.getWhat().equals(ACTIVE)) {
                close(event.getAt());
                open(event.getVersion(), event.getAt());
                lineage.push(event.getVersion());
            } else if (event.getBefore().equals(ACTIVE) && event.getWhat().equals(ROLLING_BACK)) {
                close(event.getAt());
                lineage.poll();
                if (!lineage.isEmpty()) {
                    open(lineage.peek(), event.getAt());
                }
            }
        }

        private void open(long version, Instant from) {
            open = Optional.of(new ActiveSpan(version, from, null));
        }

        private void close(Instant at) {
            open.ifPresent(span -> spans.add(new ActiveSpan(span.version(), span.from(), at)));
            open = Optional.empty();
        }

        /** A rollback that names its version may go back further than to the last one. */
        List<ActiveSpan> end(OptionalLong serving) {
            if (serving.isPresent()) {
                open.ifPresent(span -> spans.add(new ActiveSpan(serving.getAsLong(), span.from(), null)));
            }
            return List.copyOf(spans);
        }
    }
}
