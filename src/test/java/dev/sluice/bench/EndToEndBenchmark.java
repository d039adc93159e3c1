package dev.sluice.bench;

import dev.sluice.app.EventSender;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.SluiceConfig;
import dev.sluice.testing.ControlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * Payments from topic to alerts: a whole engine with many rules, and a hand-written Kafka Streams application with one of
 * them. All read the same topic from its beginning, one after another in one JVM with the broker, in rounds.
 */
final class EndToEndBenchmark {
    static final int HAND_WRITTEN = 0;
    private static final RuleMix MIX = RuleMix.DENSE;
    private static final double MATCHES = 0.01;

    private final Length length;
    private final PaymentTopics topics;
    private final Map<Integer, List<PaymentRule>> rulesets = new LinkedHashMap<>();
    private final Map<Integer, Long> alertsExpected = new LinkedHashMap<>();
    private int run;
    private long version;

    /** @param rules sizes of rulesets */
    record Length(int events, int rounds, List<Integer> rules) {
        static final Length FULL = new Length(1_500_000, 3, List.of(1, 100, 1_000, 10_000));
        static final Length QUICK = new Length(500_000, 1, List.of(1, 1_000));
    }

    /** How the applications are set; both alike. */
    record Guarantee(String name, Map<String, String> settings) {
        static final Guarantee EXACTLY_ONCE = new Guarantee("exactly once", Map.of());
        static final Guarantee AT_LEAST_ONCE =
                new Guarantee("at least once", Map.of("engine.streams.processing.guarantee", "at_least_once"));
        static final List<Guarantee> ALL = List.of(EXACTLY_ONCE, AT_LEAST_ONCE);

        /** Name of the median of a contender's passes. */
        String figure(int rules) {
            return "end to end, " + name + ", rules=" + rules;
        }
    }

    /**
     * One pass over all events.
     *
     * @param rules 0 for the hand-written application
     */
    record Pass(Guarantee guarantee, int rules, double eventsPerSecond, long alerts) {}

    EndToEndBenchmark(Length length) throws Exception {
        this.length = length;
        this.topics = new PaymentTopics();
        Payments shares = new Payments(MIX.countries(0));
        length.rules().forEach(size -> rulesets.put(size, MIX.rules(shares, size, MATCHES)));
        rulesets.put(HAND_WRITTEN, MIX.rules(shares, 1, MATCHES));
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
            for (int round = 0; round <= length.rounds(); round++) {
                for (int size : order()) {
                    Pass pass = pass(new Setting(guarantee, size), writer, progress, alerts);
                    System.out.println(text(pass, round));
                    if (round > 0) {
                        passes.add(pass);
                    }
                }
            }
        }
        return passes;
    }

    /** The hand-written application in the middle, so that it has no better place than the others. */
    private List<Integer> order() {
        List<Integer> order = new ArrayList<>(length.rules());
        order.add(order.size() / 2, HAND_WRITTEN);
        return order;
    }

    private record Setting(Guarantee guarantee, int rules) {}

    private Pass pass(Setting setting, ControlWriter writer, GroupProgress progress, AlertCount alerts)
            throws Exception {
        SluiceConfig config = topics.config("run-" + ++run, setting.guarantee().settings());
        double speed = setting.rules() == HAND_WRITTEN
                ? handWritten(config, progress)
                : sluice(config, setting.rules(), writer, progress);
        long found = alerts.next();
        long expected = alertsExpected.getOrDefault(setting.rules(), 0L);
        if (found != expected) {
            throw new IllegalStateException(
                    "%d rules gave %d alerts, expected were %d".formatted(setting.rules(), found, expected));
        }
        return new Pass(setting.guarantee(), setting.rules(), speed, found);
    }

    private double handWritten(SluiceConfig config, GroupProgress progress) throws Exception {
        try (HandWrittenApplication application = new HandWrittenApplication(
                config,
                topics.folder().resolve(config.application()),
                rulesets.get(HAND_WRITTEN).get(0))) {
            application.start();
            return progress.eventsPerSecond(config.application(), length.events());
        }
    }

    private double sluice(SluiceConfig config, int rules, ControlWriter writer, GroupProgress progress)
            throws Exception {
        String[] lines = rulesets.get(rules).stream().map(PaymentRule::line).toArray(String[]::new);
        // No two versions have one text, and the one before is gone: an engine reads them all as it starts.
        String text = PaymentRule.file("payments", lines) + "description: \"" + ++version + "\"\n";
        writer.version("payments", version, text);
        if (version > 1) {
            writer.tombstone("payments", version - 1);
        }
        try (RulesEngine engine = RulesEngine.start(config)) {
            double speed = progress.eventsPerSecond(config.application() + "-main", length.events());
            int active =
                    engine.current().active().byName().get("payments").rules().size();
            if (active != rules) {
                throw new IllegalStateException(active + " rules were active, expected were " + rules);
            }
            return speed;
        }
    }

    private static String text(Pass pass, int round) {
        return "%s, %s, %s: %,.0f events/s, %,d alerts"
                .formatted(
                        pass.guarantee().name(),
                        round == 0 ? "to get warm" : "round " + round,
                        pass.rules() == HAND_WRITTEN ? "hand-written" : "Sluice with " + pass.rules() + " rules",
                        pass.eventsPerSecond(),
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
