package dev.sluice.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How a version takes over from the one before. */
public sealed interface Strategy {

    /** The name in rule files and options. */
    String name();

    /** All keys at once, as soon as the fleet is prepared. */
    record BlueGreen() implements Strategy {
        @Override
        public String name() {
            return "blue_green";
        }
    }

    /**
     * A growing share of the keys.
     *
     * @param stages shares in percent, rising, from 1 to 100; the last is always 100
     * @param stageDuration how long each stage but the last is watched at least
     */
    record Canary(List<Integer> stages, Duration stageDuration, Advance advance) implements Strategy {
        public static final List<Integer> DEFAULT_STAGES = List.of(5, 10, 25, 50, 100);
        public static final Duration DEFAULT_STAGE_DURATION = Duration.ofMinutes(5);

        /** @throws IllegalArgumentException when the stages are not rising from 1 to 100, or there are none */
        public Canary {
            stages = List.copyOf(stages);
            int last = 0;
            for (int stage : stages) {
                if (stage <= last || stage > 100) {
                    throw new IllegalArgumentException("stages rise, from 1 to 100 percent: " + stages);
                }
                last = stage;
            }
            if (last != 100) {
                throw new IllegalArgumentException("the last stage is 100 percent: " + stages);
            }
        }

        @Override
        public String name() {
            return "canary";
        }
    }

    /** Who moves a canary to its next stage. */
    enum Advance {
        /** Time and health. */
        AUTOMATIC,
        /** A command. */
        MANUAL
    }

    /**
     * Two versions side by side for a while: A, the stable one, and B, the candidate.
     *
     * @param ratio share of the keys that A keeps, above 0 and below 1
     */
    record AbTest(double ratio, Duration duration, Winner winner) implements Strategy {
        public static final Duration DEFAULT_DURATION = Duration.ofHours(1);

        /** @throws IllegalArgumentException when the ratio is not above 0 and below 1 */
        public AbTest {
            if (!(ratio > 0 && ratio < 1)) {
                throw new IllegalArgumentException("the ratio lies between 0 and 1: " + ratio);
            }
        }

        @Override
        public String name() {
            return "ab_test";
        }
    }

    /** Who tells the better version of an A/B test when its time is over. */
    enum Winner {
        /** A command: promote or abort. */
        MANUAL,
        /** The version with fewer errors an evaluation; equal: A. */
        ERROR_RATE,
        /** The version with the lower average latency; equal: A. */
        LATENCY,
        /** The version with more alerts an evaluation; equal: A. */
        ALERT_RATE
    }

    /**
     * Prepared at once, deployed later.
     *
     * @param then any other strategy
     */
    record Scheduled(Instant at, Strategy then) implements Strategy {
        /** @throws IllegalArgumentException when it is scheduled twice */
        public Scheduled {
            if (then instanceof Scheduled) {
                throw new IllegalArgumentException("a schedule within a schedule");
            }
        }

        @Override
        public String name() {
            return "scheduled";
        }
    }
}
