package dev.sluice.deployment;

/**
 * How much of the fleet must be prepared before a version gets any key.
 *
 * @param percent of the instances, from 1 to 100; 100 is all of them
 */
public record Activation(int percent) {
    public static final Activation ALL = new Activation(100);

    /** @throws IllegalArgumentException when the percentage is not from 1 to 100 */
    public Activation {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException("a quorum is from 1 to 100 percent: " + percent);
        }
    }

    /** Whether {@code prepared} instances of {@code all} are enough. */
    boolean isMet(int prepared, int all) {
        return all > 0 && 100L * prepared >= (long) percent * all;
    }

    /** Whether it can still be met when {@code refused} instances of {@code all} never will be prepared. */
    boolean canBeMet(int refused, int all) {
        return isMet(all - refused, all);
    }
}
