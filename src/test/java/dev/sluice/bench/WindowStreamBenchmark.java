package dev.sluice.bench;

import dev.sluice.app.EventSender;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.SluiceConfig;
import dev.sluice.testing.ControlWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Count and sum of payments by account and window, from topic to changelog: a whole engine with one windowed rule, and an
 * application written with the Kafka Streams DSL. All read the same topic from its beginning, one after another in one JVM
 * with the broker, in rounds. No window ever reaches the number that an alert needs.
 */
final class WindowStreamBenchmark {
    static final long NEVER = 1_000_000_000;
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** A window and where its state is kept. */
    record Shape(String name, Duration size, Duration every, String store) {
        static final List<Shape> ALL = List.of(
                new Shape("tumbling 10 min", TEN_MINUTES, TEN_MINUTES, "memory"),
                new Shape("tumbling 10 min", TEN_MINUTES, TEN_MINUTES, "rocksdb"),
                new Shape("hopping 10 min by 1 min", TEN_MINUTES, Duration.ofMinutes(1), "memory"),
                new Shape("hopping 10 min by 1 min", TEN_MINUTES, Duration.ofMinutes(1), "rocksdb"));

        boolean isTumbling() {
            return size.equals(every);
        }

        String text() {
            return name + ", " + store;
        }

        String figure() {
            return "windows, " + text();
        }

        String window() {
            return isTumbling() ? "{ tumbling: 10m, grace: 10s }" : "{ hopping: 10m, every: 1m, grace: 10s }";
        }
    }

    /** @param rounds that count; each contender has one before them, to get warm */
    record Length(int events, int rounds) {
        static final Length FULL = new Length(1_000_000, 3);
        static final Length QUICK = new Length(300_000, 1);
    }

    /** Events a second of both contenders, one a round. */
    record Result(Shape shape, List<Double> sluice, List<Double> dsl) {
        double ratio() {
            return median(sluice) / median(dsl);
        }

        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %,.0f | %s |",
                    shape.name(),
                    shape.store(),
                    median(dsl),
                    median(sluice),
                    Bar.number(ratio()));
        }

        private static double median(List<Double> speeds) {
            return speeds.stream().sorted().toList().get(speeds.size() / 2);
        }
    }

    private final Length length;
    private final PaymentTopics topics = new PaymentTopics();
    private int run;

    WindowStreamBenchmark(Length length) throws Exception {
        this.length = length;
        SluiceConfig config = topics.config("preload", Map.of());
        Payments payments = new Payments(200);
        try (EventSender sender =
                new EventSender(config, config.topics().events().get(0))) {
            for (int i = 0; i < length.events(); i++) {
                sender.send(payments.next());
            }
            sender.flush();
        }
    }

    List<Result> run() throws Exception {
        List<Result> results = new ArrayList<>();
        for (Shape shape : Shape.ALL) {
            Result result = new Result(shape, new ArrayList<>(), new ArrayList<>());
            for (int round = 0; round <= length.rounds(); round++) {
                double dsl = dsl(shape);
                double sluice = sluice(shape);
                System.out.printf(
                        "%s, %s, round %d: DSL %,.0f events/s, Sluice %,.0f%n",
                        shape.name(), shape.store(), round, dsl, sluice);
                if (round > 0) {
                    result.dsl().add(dsl);
                    result.sluice().add(sluice);
                }
            }
            results.add(result);
        }
        return results;
    }

    private double dsl(Shape shape) throws Exception {
        SluiceConfig config = config(Map.of());
        try (GroupProgress progress = progress(config);
                WindowApplication application =
                        new WindowApplication(config, topics.folder().resolve(config.application()), shape)) {
            application.start();
            return progress.eventsPerSecond(config.application(), length.events());
        }
    }

    private double sluice(Shape shape) throws Exception {
        SluiceConfig config = config(Map.of("engine.windows.store", shape.store()));
        try (ControlWriter writer = new ControlWriter(config);
                GroupProgress progress = progress(config)) {
            writer.version("windows", run, ruleset(shape));
            try (RulesEngine ignored = RulesEngine.start(config)) {
                return progress.eventsPerSecond(config.application() + "-main", length.events());
            }
        }
    }

    private SluiceConfig config(Map<String, String> more) {
        return topics.config("window-" + ++run, new HashMap<>(more));
    }

    private GroupProgress progress(SluiceConfig config) {
        return new GroupProgress(
                Map.copyOf(config.kafka()),
                config.topics().events().get(0).topic().name());
    }

    private String ruleset(Shape shape) {
        return """
                ruleset: windows
                description: run %d
                rules:
                  - id: totals
                    from: Payment
                    partitionBy: account
                    window: %s
                    aggregate: { n: count(), total: sum(amount) }
                    having: n > %d
                    emit: { type: Busy, fields: { account: account, total: total } }
                """.formatted(run, shape.window(), NEVER);
    }

    static String table(List<Result> results, Figures figures) {
        results.forEach(result -> figures.put(result.shape().figure(), result.ratio()));
        List<String> lines = new ArrayList<>();
        lines.add("| window | store | DSL, events/s | Sluice, events/s | ratio |");
        lines.add("| --- | --- | --: | --: | --: |");
        results.forEach(result -> lines.add(result.row()));
        return String.join("\n", lines) + "\n";
    }

    /** To standard output; {@code quick} for a short run. */
    public static void main(String[] args) throws Exception {
        Length length = List.of(args).contains("quick") ? Length.QUICK : Length.FULL;
        System.out.println(table(new WindowStreamBenchmark(length).run(), new Figures()));
        System.exit(0); // the broker's shutdown hook ends its threads
    }
}
