package dev.sluice.evaluation;

import java.util.Random;

/** Events at random: in bursts and after pauses, a third of them out of order. */
public final class RandomSamples {
    /** So much older than the newest before it an event may be, in milliseconds. */
    public static final int DISORDER = 120;

    private final Random random;
    private final int keys;
    private int count;
    private long nowMs = 1_000;

    /** @param keys how many, from {@code a} on */
    public RandomSamples(Random random, int keys) {
        this.random = random;
        this.keys = keys;
    }

    /** One more; its mark is 1 if it is in order, else 0. */
    public Sample next() {
        nowMs += random.nextInt(20) == 0 ? random.nextInt(400) : random.nextInt(12);
        boolean straggles = random.nextInt(3) == 0;
        Long x = random.nextInt(3) == 0 ? null : (Long) (long) random.nextInt(9);
        Sample reading = new Sample(
                count,
                "readings-0-" + count,
                straggles ? nowMs - random.nextInt(DISORDER) : nowMs,
                String.valueOf((char) ('a' + random.nextInt(keys))),
                random.nextInt(14) - 3,
                x,
                straggles ? 0 : 1);
        count++;
        return reading;
    }

    /** Time of the newest so far. */
    public long nowMs() {
        return nowMs;
    }
}
