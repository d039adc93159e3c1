package dev.sluice.e2e;

import dev.sluice.app.EventSender;
import dev.sluice.testing.Sandbox;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * A ruleset whose second version throws on one event in twenty, and the events. Event n has n as its distance, and as its
 * time the moment at which it was sent: so the times of all records that come of it are the machine's. Version 1 alerts on
 * each event by each rule; version 2 too, but rule {@code share} divides by a delay that is zero for one event in twenty,
 * whatever its key. The rules with windows are the same in both.
 */
final class FaultyRollout {
    static final String RULESET = "faulty";
    static final int KEYS = 211;
    static final int DESTINATIONS = 7;
    static final long WINDOW_MS = 2_000;
    private static final int ONE_IN = 20;

    private FaultyRollout() {}

    static String rules(long version) {
        return """
                ruleset: faulty
                rules:
                  - id: every
                    from: Flight
                    emit: { type: Every, fields: { text: "%1$d", n: distance_miles } }
                  - id: share
                    from: Flight
                    when: 1000 / (delay_minutes + %2$d) >= 0
                    emit: { type: Share, fields: { text: "%1$d", n: distance_miles } }
                  - id: by-origin
                    from: Flight
                    window: { tumbling: 2s }
                    aggregate: { n: count(), miles: sum(distance_miles) }
                    emit: { trigger: each, type: ByOrigin, fields: { n: n, miles: miles } }
                  - id: by-destination
                    from: Flight
                    partitionBy: destination
                    window: { sliding: 1d }
                    aggregate: { n: count() }
                    emit: { trigger: each, type: ByDestination, fields: { n: n } }
                """.formatted(version, version == 1 ? 1 : 0);
    }

    static boolean throwsOn(long number) {
        return number % ONE_IN == 7;
    }

    static String origin(long number) {
        return "K" + number * 7919 % KEYS;
    }

    static String destination(long number) {
        return "D" + number * 31 % DESTINATIONS;
    }

    private static GenericRecord event(Sandbox sandbox, long number) {
        GenericRecord flight = new GenericData.Record(sandbox.flights().schema());
        flight.put("departed_at", System.currentTimeMillis());
        flight.put("origin", origin(number));
        flight.put("destination", destination(number));
        flight.put("delay_minutes", throwsOn(number) ? 0 : 1 + (int) (number % 50));
        flight.put("distance_miles", (int) number);
        return flight;
    }

    /** Sends them in order at a steady pace, on a thread of its own, until it is stopped. */
    static final class Flow {
        private static final long PAUSE_NANOS = 1_000_000;

        private final AtomicBoolean flowing = new AtomicBoolean(true);
        private final Sandbox sandbox;
        private final int eventsPerSecond;
        private final Thread thread = new Thread(this::send, "events");
        private volatile long sent;

        private Flow(Sandbox sandbox, int eventsPerSecond) {
            this.sandbox = sandbox;
            this.eventsPerSecond = eventsPerSecond;
        }

        static Flow begin(Sandbox sandbox, int eventsPerSecond) {
            Flow flow = new Flow(sandbox, eventsPerSecond);
            flow.thread.start();
            return flow;
        }

        private void send() {
            try (EventSender sender = sandbox.sender()) {
                long start = System.nanoTime();
                long number = 0;
                while (flowing.get()) {
                    if (start + number * 1_000_000_000L / eventsPerSecond > System.nanoTime()) {
                        LockSupport.parkNanos(PAUSE_NANOS);
                    } else {
                        sender.send(event(sandbox, number));
                        sent = ++number;
                    }
                }
                sender.flush();
            }
        }

        long sent() {
            return sent;
        }

        /** Gives how many were sent. */
        long stop() throws InterruptedException {
            flowing.set(false);
            thread.join();
            return sent;
        }
    }
}
