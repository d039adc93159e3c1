package dev.sluice.deployment;

import java.util.Locale;

/** What an A/B test says when its time is over. */
record AbResult(Outcome outcome, String reason) {

    /** Who is better. */
    enum Outcome {
        A,
        B,
        /** Somebody has to tell. */
        OPEN
    }

    static AbResult of(Strategy.Winner winner, Figures a, Figures b, long minimumSample) {
        if (winner == Strategy.Winner.MANUAL) {
            return new AbResult(Outcome.OPEN, "the test is over: promote the version, or abort it");
        }
        long ofA = sample(winner, a);
        long ofB = sample(winner, b);
        if (ofA < minimumSample || ofB < minimumSample) {
            return new AbResult(
                    Outcome.OPEN,
                    "the test is over with %d and %d evaluations, of %d to judge by: promote the version, or abort it"
                            .formatted(ofA, ofB, minimumSample));
        }
        return switch (winner) {
            case ERROR_RATE -> lower("error rate", a.errorRate(), b.errorRate());
            case LATENCY -> lower("average latency in us", a.averageNanos() / 1000, b.averageNanos() / 1000);
            case ALERT_RATE ->
                new AbResult(
                        b.alertRate() > a.alertRate() ? Outcome.B : Outcome.A,
                        text("alert rate", a.alertRate(), b.alertRate()));
            case MANUAL -> throw new IllegalStateException("told above");
        };
    }

    private static long sample(Strategy.Winner winner, Figures figures) {
        return winner == Strategy.Winner.LATENCY ? figures.measured() : figures.evaluations();
    }

    private static AbResult lower(String what, double a, double b) {
        return new AbResult(b < a ? Outcome.B : Outcome.A, text(what, a, b));
    }

    private static String text(String what, double a, double b) {
        return String.format(Locale.ROOT, "%s: A %.4g, B %.4g", what, a, b);
    }
}
