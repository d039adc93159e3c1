package dev.sluice.bench;

import dev.sluice.app.EventSender;
import dev.sluice.app.RulesEngine;
import dev.sluice.bench.GroupProgress.Stretch;
import dev.sluice.config.SluiceConfig;
import dev.sluice.testing.ControlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * Payments from topic to alerts: a whole engine with many rules, and a hand-written Kafka Streams application with one of
 * them. All read the same topic from its beginning, one after another in one JVM with the broker, in rounds.
 */
final class EndToEndBenchmark {
    private static final RuleMix MIX = RuleMix.DENSE;
    private static final double MATCHES = 0.01;

    private final Length length;
    private final PaymentTopics topics;
    private final Map<Integer, List<PaymentRule>> rulesets = new LinkedHashMap<>();
    private final Map<Integer, Long> alertsExpected = new LinkedHashMap<>();
    private int run;
    private long lastVersion;

    /** @param rules sizes of rulesets */
    record Length(int events, int rounds, List<Integer> rules) {
        static final Length FULL = new Length(4_500_000, 3, List.of(1, 100, 1_000, 10_000));
        static final Length QUICK = new Length(1_000_000, 1, List.of(1, 1_000));

        /** A third goes by before it counts: the just-in-time compilers are at work on what the start needed. */
        int uncounted() {
            return events / 3;
        }
    }

    /** How the applications are set; both alike. */
    record Guarantee(String name, Map<String, String> settings) {
        static final Guarantee EXACTLY_ONCE = new Guarantee("exactly once", Map.of());
        static final Guarantee AT_LEAST_ONCE =
                new Guarantee("at least once", Map.of("engine.streams.processing.guarantee", "at_least_once"));
        static final List<Guarantee> ALL = List.of(EXACTLY_ONCE, AT_LEAST_ONCE);

        /** Name of the median of a contender's passes. */
        String figure(Contender contender) {
            return "end to end, " + name + ", " + contender.text();
        }

        /** Name of what a contender's threads work for one event. */
        String work(Contender contender) {
            return figure(contender) + ", work";
        }
    }

    /** What evaluates the events, with how many rules. */
    record Contender(Kind kind, int rules) {
        static final Contender HAND_WRITTEN = new Contender(Kind.HAND_WRITTEN, 1);
        static final Contender WHOLE = new Contender(Kind.WHOLE, 1_000);
        static final Contender SPLIT = new Contender(Kind.SPLIT, 1_000);

        enum Kind {
            HAND_WRITTEN,
            /** One version has all keys. */
            WHOLE,
            /** Two versions have half of the keys each, and all evaluations are timed. */
            SPLIT
        }

        String text() {
            return switch (kind) {
                case HAND_WRITTEN -> "hand-written, one filter";
                case WHOLE -> String.format(Locale.ROOT, "Sluice, %,d rules", rules);
                case SPLIT -> String.format(Locale.ROOT, "Sluice, %,d rules, a canary with half of the keys", rules);
            };
        }
    }

    /**
     * One pass over all events.
     *
     * @param workNanos CPU time of the evaluating threads for one event
     */
    record Pass(Guarantee guarantee, Contender contender, double eventsPerSecond, double workNanos, long alerts) {}

    EndToEndBenchmark(Length length) throws Exception {
        this.length = length;
        this.topics = new PaymentTopics();
        Payments shares = new Payments(MIX.countries(0));
        length.rules().forEach(size -> rulesets.put(size, MIX.rules(shares, size, MATCHES)));
        rulesets.put(1, MIX.rules(shares, 1, MATCHES));
        rulesets.put(Contender.SPLIT.rules(), MIX.rules(shares, Contender.SPLIT.rules(), MATCHES));
        preload();
    }

    private void preload() {
        Map<Integer, HandMadeIndex> indexes = new LinkedHashMap<>();
        rulesets.forEach((size, rules) -> indexes.put(size, HandMadeIndex.of(MIX, rules)));
        HandMadeIndex.Found found = new HandMadeIndex.Found(10_000);
        Payments payments = new Payments(MIX.countries(0));
        SluiceConfig config = topics.config("preload", Map.of());
        try (EventSender sender =
                new EventSender(config, config.topics().events().get(0))) {
            for (int i = 0; i < length.events(); i++) {
                GenericRecord payment = payments.next();
                DecodedPayment decoded = new DecodedPayment(payment);
                indexes.forEach((size, index) -> {
                    found.clear();
                    index.find(decoded, found);
                    alertsExpected.merge(size, (long) found.count(), Long::sum);
                });
                sender.send(payment);
            }
            sender.flush();
        }
    }

    /** The passes that count; each contender has one before them, to get warm. */
    List<Pass> run(Guarantee guarantee) throws Exception {
        List<Pass> passes = new ArrayList<>();
        SluiceConfig config = topics.config("watch", Map.of());
        try (ControlWriter writer =
                        new ControlWriter(topics.config("writer", Map.of("kafka.compression.type", "gzip")));
                AlertCount alerts = new AlertCount(config);
                GroupProgress progress = new GroupProgress(
                        Map.copyOf(config.kafka()),
                        config.topics().events().get(0).topic().name())) {
            alerts.next();
            PaymentVersions versions = new PaymentVersions(writer, lastVersion);
            for (int round = 0; round <= length.rounds(); round++) {
                for (Contender contender : order()) {
                    Pass pass = pass(new Setting(guarantee, contender), versions, progress, alerts);
                    System.out.println(text(pass, round));
                    if (round > 0) {
                        passes.add(pass);
                    }
                }
            }
            lastVersion = versions.end();
        }
        return passes;
    }

    /** The hand-written application in the middle, so that it has no better place than the others. */
    private List<Contender> order() {
        List<Contender> order = new ArrayList<>();
        for (int size : length.rules()) {
            order.add(new Contender(Contender.Kind.WHOLE, size));
            if (size == Contender.SPLIT.rules()) {
                order.add(Contender.SPLIT);
            }
        }
        order.add(order.size() / 2, Contender.HAND_WRITTEN);
        return order;
    }

    private record Setting(Guarantee guarantee, Contender contender) {}

    private Pass pass(Setting setting, PaymentVersions versions, GroupProgress progress, AlertCount alerts)
            throws Exception {
        SluiceConfig config = topics.config("run-" + ++run, setting.guarantee().settings());
        Contender contender = setting.contender();
        Stretch stretch = contender.equals(Contender.HAND_WRITTEN)
                ? handWritten(config, progress)
                : sluice(config, contender, versions, progress);
        long found = alerts.next();
        long expected = alertsExpected.getOrDefault(contender.rules(), 0L);
        if (found != expected) {
            throw new IllegalStateException(
                    "%s gave %d alerts, expected were %d".formatted(contender.text(), found, expected));
        }
        return new Pass(setting.guarantee(), contender, stretch.eventsPerSecond(), stretch.workNanos(), found);
    }

    private Stretch handWritten(SluiceConfig config, GroupProgress progress) throws Exception {
        try (HandWrittenApplication application = new HandWrittenApplication(
                config,
                topics.folder().resolve(config.application()),
                rulesets.get(1).get(0))) {
            application.start();
            return progress.watch(config.application(), length.uncounted(), length.events());
        }
    }

    private Stretch sluice(SluiceConfig config, Contender contender, PaymentVersions versions, GroupProgress progress)
            throws Exception {
        List<PaymentRule> rules = rulesets.get(contender.rules());
        boolean isSplit = contender.kind() == Contender.Kind.SPLIT;
        if (isSplit) {
            versions.halves(rules);
        } else {
            versions.whole(rules);
        }
        try (RulesEngine engine = RulesEngine.start(config)) {
            Stretch stretch = progress.watch(config.application() + "-main", length.uncounted(), length.events());
            int active = engine.current()
                    .active()
                    .byName()
                    .get(PaymentVersions.RULESET)
                    .rules()
                    .size();
            int splits = engine.current().arms().rollouts().size();
            if (active != contender.rules() || splits != (isSplit ? 1 : 0)) {
                throw new IllegalStateException(
                        "%d rules and %d splits were active for %s".formatted(active, splits, contender.text()));
            }
            return stretch;
        }
    }

    private static String text(Pass pass, int round) {
        return "%s, %s, %s: %,.0f events/s, %,.0f ns of its workers an event, %,d alerts"
                .formatted(
                        pass.guarantee().name(),
                        round == 0 ? "to get warm" : "round " + round,
                        pass.contender().text(),
                        pass.eventsPerSecond(),
                        pass.workNanos(),
                        pass.alerts());
    }

    /** Both guarantees, to standard output; {@code quick} for a short run. */
    public static void main(String[] args) throws Exception {
        EndToEndBenchmark benchmark =
                new EndToEndBenchmark(List.of(args).contains("quick") ? Length.QUICK : Length.FULL);
        for (Guarantee guarantee : Guarantee.ALL) {
            benchmark.run(guarantee);
        }
        System.exit(0); // the broker's shutdown hook ends its threads
    }
}
