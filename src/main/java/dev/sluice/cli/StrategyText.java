package dev.sluice.cli;

import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.HealthPolicy;
import dev.sluice.deployment.Strategy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A strategy as it would run: what happens after what. */
final class StrategyText {
    private StrategyText() {}

    static List<String> lines(DeploymentSpec spec) {
        List<String> lines = new ArrayList<>();
        lines.add("strategy " + spec.strategy().name());
        String who = spec.activation().percent() == 100
                ? "every instance"
                : spec.activation().percent() + " % of the instances";
        lines.add("  " + who + " prepared within " + TimeText.of(spec.deadline()));
        Strategy strategy = spec.strategy();
        if (strategy instanceof Strategy.Scheduled scheduled) {
            lines.add("  not before " + scheduled.at() + ", then "
                    + scheduled.then().name());
        }
        if (!spec.warmup().isZero()) {
            lines.add("  its windows are fed for " + TimeText.of(spec.warmup()) + " before its first key");
        }
        Strategy effective = StateText.effective(strategy);
        if (effective instanceof Strategy.Canary canary) {
            canary(canary, lines);
        } else if (effective instanceof Strategy.AbTest test) {
            abTest(test, lines);
        } else {
            lines.add("  all keys at once");
        }
        lines.add(health(spec));
        return lines;
    }

    /** The first version of a ruleset has nobody to share keys with. */
    static List<String> linesOfFirst(DeploymentSpec spec) {
        List<String> lines = lines(spec.with(
                spec.strategy() instanceof Strategy.Scheduled scheduled
                        ? new Strategy.Scheduled(scheduled.at(), new Strategy.BlueGreen())
                        : new Strategy.BlueGreen()));
        lines.set(0, "strategy " + spec.strategy().name() + "; the first version gets all keys at once");
        return lines;
    }

    private static void canary(Strategy.Canary canary, List<String> lines) {
        Duration from = Duration.ZERO;
        boolean manual = canary.advance() == Strategy.Advance.MANUAL;
        for (int percent : canary.stages()) {
            String when = from.isZero() ? "at once" : "after " + TimeText.of(from);
            String how = from.isZero() ? "" : manual ? ", by 'sluice advance'" : " at the earliest";
            lines.add(String.format(Locale.ROOT, "  %3d %% of the keys %s%s", percent, when, how));
            from = from.plus(canary.stageDuration());
        }
    }

    private static void abTest(Strategy.AbTest test, List<String> lines) {
        lines.add("  " + plain(100 * (1 - test.ratio())) + " % of the keys for " + TimeText.of(test.duration()));
        lines.add(
                test.winner() == Strategy.Winner.MANUAL
                        ? "  then it waits for 'sluice promote' or 'sluice abort'"
                        : "  then the better one by " + test.winner().name().toLowerCase(Locale.ROOT)
                                + " gets all keys");
    }

    private static String health(DeploymentSpec spec) {
        HealthPolicy health = spec.health();
        String breach = health.onBreach() == HealthPolicy.OnBreach.ROLLBACK ? "rolled back" : "paused";
        String baked = spec.bake().isZero() ? "" : ", watched for " + TimeText.of(spec.bake()) + " more";
        return "  " + breach + " when over " + plain(100 * health.errorRate())
                + " % of the evaluations fail, or they take over " + micros(health.latency()) + " on average" + baked;
    }

    /** Four digits that matter, without zeros at the end. */
    private static String plain(double number) {
        return new BigDecimal(number)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String micros(Duration duration) {
        boolean isWhole = duration.toNanos() % 1_000_000 == 0;
        return isWhole ? TimeText.of(duration) : duration.toNanos() / 1000 + " us";
    }
}
