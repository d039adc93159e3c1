package dev.sluice.bench;

import dev.sluice.app.EventSender;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.SluiceConfig;
import dev.sluice.testing.ControlWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Count and sum of payments by account and window, from topic to changelog: a whole engine with one windowed rule, and an
 * application written with the Kafka Streams DSL. All read the same topic from its beginning, one after another in one JVM
 * with the broker, in rounds. No window ever reaches the number that an alert needs.
 */
final class WindowStreamBenchmark {
    static final long NEVER = 1_000_000_000;
    private static final long SETTLE_MS = 500;
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

    /**
     * How much.
     *
     * @param events that are preloaded; where the DSL writes ten windows an event, a pass ends after a third of them
     * @param rounds that count, even; each contender has a pass before them, to get warm
     */
    record Length(int events, int rounds) {
        static final Length FULL = new Length(1_500_000, 6);
        static final Length QUICK = new Length(300_000, 2);

        int events(Shape shape) {
            return shape.isTumbling() ? events : events / 3;
        }
    }

    /** Events a second of both contenders, one a round. */
    record Result(Shape shape, List<Double> sluice, List<Double> dsl) {
        /** Median of the rounds' ratios: both passes of a round had the machine in much the same mood. */
        double ratio() {
            return median(ratios());
        }

        private List<Double> ratios() {
            return IntStream.range(0, dsl.size())
                    .mapToObj(round -> sluice.get(round) / dsl.get(round))
                    .toList();
        }

        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %s | %,.0f | %s | %s | %s |",
                    shape.name(),
                    shape.store(),
                    median(dsl),
                    range(dsl, "%,.0f"),
                    median(sluice),
                    range(sluice, "%,.0f"),
                    Bar.number(ratio()),
                    range(ratios(), "%.2f"));
        }

        private static String range(List<Double> values, String format) {
            return String.format(
                    Locale.ROOT, format + " - " + format, Collections.min(values), Collections.max(values));
        }

        private static double median(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
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

    List<Result> run(List<Shape> shapes) throws Exception {
        List<Result> results = new ArrayList<>();
        for (Shape shape : shapes) {
            Result result = new Result(shape, new ArrayList<>(), new ArrayList<>());
            for (int round = 0; round <= length.rounds(); round++) {
                round(result, round);
            }
            results.add(result);
        }
        return results;
    }

    /** Who comes first changes from round to round. The first round does not count. */
    private void round(Result result, int round) throws Exception {
        Shape shape = result.shape();
        double dsl = round % 2 == 0 ? dsl(shape) : 0;
        double sluice = sluice(shape);
        dsl = round % 2 == 0 ? dsl : dsl(shape);
        System.out.printf(
                "%s, round %d: DSL %,.0f events/s, Sluice %,.0f: %.2f%n",
                shape.text(), round, dsl, sluice, sluice / dsl);
        if (round > 0) {
            result.dsl().add(dsl);
            result.sluice().add(sluice);
        }
    }

    /** Neither contender collects what the one before it left. */
    private static void settle() throws InterruptedException {
        System.gc();
        Thread.sleep(SETTLE_MS);
    }

    private double dsl(Shape shape) throws Exception {
        settle();
        SluiceConfig config = config(Map.of());
        try (GroupProgress progress = progress(config);
                WindowApplication application =
                        new WindowApplication(config, topics.folder().resolve(config.application()), shape)) {
            application.start();
            return progress.watch(config.application(), 1, length.events(shape)).eventsPerSecond();
        }
    }

    private double sluice(Shape shape) throws Exception {
        settle();
        SluiceConfig config = config(Map.of("engine.windows.store", shape.store()));
        try (ControlWriter writer = new ControlWriter(config);
                GroupProgress progress = progress(config)) {
            writer.version("windows", run, ruleset(shape));
            try (RulesEngine ignored = RulesEngine.start(config)) {
                return progress.watch(config.application() + "-main", 1, length.events(shape))
                        .eventsPerSecond();
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
        lines.add("| window | store | DSL, events/s | lowest - highest | Sluice, events/s | lowest - highest"
                + " | ratio | lowest - highest |");
        lines.add("| --- | --- | --: | --: | --: | --: | --: | --: |");
        results.forEach(result -> lines.add(result.row()));
        return String.join("\n", lines) + "\n";
    }

    /** To standard output; {@code quick} for a short run, other words for the shapes that have one of them in their name. */
    public static void main(String[] args) throws Exception {
        List<String> words = new ArrayList<>(List.of(args));
        Length length = words.remove("quick") ? Length.QUICK : Length.FULL;
        List<Shape> shapes = Shape.ALL.stream()
                .filter(shape -> words.isEmpty() || words.stream().anyMatch(shape.text()::contains))
                .toList();
        System.out.println(table(new WindowStreamBenchmark(length).run(shapes), new Figures()));
        System.exit(0); // the broker's shutdown hook ends its threads
    }
}
