package dev.sluice.bench;

import java.util.List;
import java.util.Map;

/**
 * A load of {@link SwapLatencyBenchmark} and how the engine is set.
 *
 * @param hasBar whether what swaps add is held against a bar, or only told
 */
record SwapScenario(Load load, Delivery delivery, Collector collector, boolean hasBar) {
    private static final int MAX_WARM_UP_ROUND_MS = 8000;

    /** More rounds than wanted, for those that do not count: at most this part. */
    private static final double ROUNDS_MORE = 0.5;

    /** How many times as often versions come in the warm-up: what only they use is to be compiled, too. */
    static final int WARM_UP_PACE = 4;

    /** Kafka's own default, of a producer's own choice; Kafka Streams would wait 100 ms. */
    static final int LINGER_MS = 5;

    static final List<SwapScenario> FULL = List.of(
            new SwapScenario(Load.ONE_RULE_COMMITTED, Delivery.EXACTLY_ONCE, Collector.G1, true),
            new SwapScenario(Load.ONE_RULE, Delivery.AT_LEAST_ONCE, Collector.G1, true),
            new SwapScenario(Load.EVERY_RULE, Delivery.AT_LEAST_ONCE, Collector.concurrent(), true),
            new SwapScenario(Load.EVERY_RULE_BRIEFLY, Delivery.AT_LEAST_ONCE, Collector.G1, false));
    static final List<SwapScenario> QUICK =
            List.of(new SwapScenario(Load.QUICK, Delivery.AT_LEAST_ONCE, Collector.G1, false));

    String text() {
        return load.text() + ", " + delivery.name() + ", collector " + collector;
    }

    /** Name of what swaps add to p99.9, in milliseconds. */
    String figure() {
        return "swap p99.9, " + text();
    }

    /**
     * How much of everything.
     *
     * @param rules of the ruleset
     * @param change what each version changes
     * @param rounds each of a block without swaps and one with them
     * @param swaps in a block
     * @param swapEveryMs from one publication to the next, or longer when a version is not active by then
     * @param warmUpSeconds at most, before the first block
     */
    record Load(
            int eventsPerSecond,
            int rules,
            BenchRules.Change change,
            int rounds,
            int swaps,
            int swapEveryMs,
            int warmUpSeconds) {
        private static final int SLACK_SECONDS = 240;

        /** A percentile of few slow commits swings more than one of events that go out at once. */
        static final Load ONE_RULE_COMMITTED = new Load(2000, 10_000, BenchRules.Change.ONE_RULE, 24, 4, 1000, 150);

        static final Load ONE_RULE = new Load(2000, 10_000, BenchRules.Change.ONE_RULE, 20, 4, 1000, 150);
        static final Load EVERY_RULE = new Load(2000, 10_000, BenchRules.Change.EVERY_RULE, 20, 1, 4000, 150);
        static final Load EVERY_RULE_BRIEFLY = new Load(2000, 10_000, BenchRules.Change.EVERY_RULE, 12, 1, 4000, 100);
        static final Load QUICK = new Load(2000, 10_000, BenchRules.Change.ONE_RULE, 4, 3, 1000, 20);

        int capacity() {
            return eventsPerSecond * (2 * roundsMax() * swaps * swapEveryMs / 1000 + warmUpSeconds + SLACK_SECONDS);
        }

        /** With those that do not count. */
        int roundsMax() {
            return (int) (rounds * (1 + ROUNDS_MORE));
        }

        int blockMs() {
            return swaps * swapEveryMs;
        }

        /** Versions in one round of the warm-up. */
        int warmUpRound() {
            return Math.max(2, MAX_WARM_UP_ROUND_MS * WARM_UP_PACE / swapEveryMs);
        }

        String text() {
            String changed = change == BenchRules.Change.ONE_RULE ? "one" : "all";
            return "%,d rules, %s changed, %,d events/s".formatted(rules, changed, eventsPerSecond);
        }
    }

    /** How the engine is set. */
    record Delivery(String name, Map<String, String> settings) {
        static final Delivery EXACTLY_ONCE = new Delivery("exactly once (the default: commit every 100 ms)", Map.of());
        static final Delivery AT_LEAST_ONCE = new Delivery(
                "at least once, linger 5 ms",
                Map.of(
                        "engine.streams.processing.guarantee",
                        "at_least_once",
                        "engine.streams.producer.linger.ms",
                        Integer.toString(LINGER_MS)));
    }
}
