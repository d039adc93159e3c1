package dev.sluice.bench;

import java.util.Arrays;
import java.util.Random;

/** Ranks from 0, drawn so that rank k comes with a share in proportion to 1 / (k + 1)^exponent. */
final class Zipf {
    private final double[] cumulated;

    Zipf(int ranks, double exponent) {
        cumulated = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += Math.pow(rank + 1, -exponent);
            cumulated[rank] = sum;
        }
        for (int rank = 0; rank < ranks; rank++) {
            cumulated[rank] /= sum;
        }
    }

    int ranks() {
        return cumulated.length;
    }

    int next(Random random) {
        int found = Arrays.binarySearch(cumulated, random.nextDouble());
        return Math.min(cumulated.length - 1, found < 0 ? -found - 1 : found + 1);
    }

    /** The part of all draws that gives {@code rank}, between 0 and 1. */
    double share(int rank) {
        return cumulated[rank] - (rank == 0 ? 0 : cumulated[rank - 1]);
    }
}
