package dev.sluice.deployment;

import java.util.Locale;

/**
 * How many of some evaluations failed, and how many fail for certain: Wilson's interval, 99 %.
 *
 * @param errors at most {@code evaluations}
 */
record ErrorRate(long errors, long evaluations) {
    /** Of a normal distribution, 99 % of which lie within. */
    private static final double Z = 2.576;

    static ErrorRate of(Figures figures) {
        return new ErrorRate(figures.errors(), figures.evaluations());
    }

    /** What it is for certain: the lower bound. Example: 5 of 100 are 1.69 %. */
    double atLeast() {
        return bound(-1);
    }

    /** What it may be: the upper bound. Example: 0 of 1000 are 0.66 %. */
    double atMost() {
        return bound(1);
    }

    private double bound(int side) {
        double all = evaluations;
        double share = errors / all;
        double square = Z * Z / all;
        double spread = Z * Math.sqrt(share * (1 - share) / all + square / (4 * all));
        return (share + square / 2 + side * spread) / (1 + square);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
