package dev.sluice.bench;

import dev.sluice.testing.Sandbox;
import org.apache.avro.generic.GenericRecord;

/**
 * The ruleset that the benchmarks run, and what its alerts must be.
 *
 * <p>Rule {@code every} matches each event; {@code late} has another threshold in each version; each of the others
 * matches the events of one delay, which one event in a hundred has.
 */
final class BenchRules {
    static final String RULESET = "bench";
    static final String EVERY = "every";
    static final String LATE = "late";
    private static final int FIRST_RARE_DELAY = 1000;
    private static final int RARE_EVENT = 100;

    private BenchRules() {}

    /** What differs from one version to the next. */
    enum Change {
        /** The threshold of {@code late}. */
        ONE_RULE,
        /** A constant of every rule but {@code every}; what they match stays. */
        EVERY_RULE
    }

    /**
     * A version that changes one rule.
     *
     * @param rules how many, at least 1
     */
    static String text(int rules, long version) {
        return text(Change.ONE_RULE, rules, version);
    }

    /** @param rules how many, at least 1 */
    static String text(Change change, int rules, long version) {
        // No distance is negative.
        String more = change == Change.ONE_RULE ? "destination == 'ZZZ'" : "distance_miles > -" + version;
        StringBuilder text = new StringBuilder("ruleset: " + RULESET + "\nrules:\n");
        text.append(rule(EVERY, "distance_miles >= 0"));
        if (rules > 1) {
            text.append(rule(LATE, "delay_minutes > " + threshold(version) + " && " + more));
        }
        for (int i = 2; i < rules; i++) {
            text.append(rule("rare-" + i, "delay_minutes == " + (FIRST_RARE_DELAY + i) + " && " + more));
        }
        // With one rule the version must show somewhere too: no two versions have one text.
        return text.append("description: \"version ")
                .append(version)
                .append("\"\n")
                .toString();
    }

    private static String rule(String id, String when) {
        return "- {id: %s, from: Flight, when: \"%s\", emit: {type: Found, fields: {number: distance_miles}}}\n"
                .formatted(id, when);
    }

    static int threshold(long version) {
        return (int) (version * 7 % 50);
    }

    /** The event of a number; the number is in {@code distance_miles}. */
    static GenericRecord event(Sandbox sandbox, int number) {
        GenericRecord flight = sandbox.flight(number, 0);
        flight.put("delay_minutes", delayMinutes(number));
        flight.put("distance_miles", number);
        return flight;
    }

    static int delayMinutes(int number) {
        return number % RARE_EVENT == 0 ? FIRST_RARE_DELAY + rare(number) : (int) (number * 31L % 60);
    }

    private static int rare(int number) {
        return number / RARE_EVENT % 1000;
    }

    /** The id of the rare rule that matches the event in a ruleset of {@code rules} rules; empty for none. */
    static String rareRule(int number, int rules) {
        boolean matches = number % RARE_EVENT == 0 && rare(number) >= 2 && rare(number) < rules;
        return matches ? "rare-" + rare(number) : "";
    }

    static boolean isLate(int number, long version) {
        return delayMinutes(number) > threshold(version);
    }
}
