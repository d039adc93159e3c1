package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.Aggregate;
import dev.sluice.rule.Windowing.Late;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.window.Column.Kind;
import dev.sluice.window.Values;
import dev.sluice.window.Window;
import dev.sluice.window.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules with windows are compiled to. */
final class WindowedRulesTest {
    private static final String FILE = """
            ruleset: orders
            rules:
              - id: busy
                from: Order
                when: amount > %d
                partitionBy: customer
                window: { %s }
                aggregate: { n: %s }
                having: n > %s
                emit: { trigger: each, type: Busy, fields: { n: n, who: customer } }
            """;

    private final RulesetDefinition file;

    WindowedRulesTest() throws IOException {
        file = compiled(Files.readString(Path.of("src/test/resources/rule/windows/rules.yaml")));
    }

    private static RulesetDefinition compiled(String source) {
        Compilation compilation = new RuleCompiler(Orders.TYPES).compile(source);
        assertThat(compilation.problems()).isEmpty();
        return compilation.definition().orElseThrow();
    }

    private static RulesetDefinition busy(String window, String aggregate) {
        return compiled(FILE.formatted(10, window, aggregate, "3"));
    }

    private CompiledRule rule(String id) {
        return file.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Windowing windowing(String id) {
        return Objects.requireNonNull(rule(id).windowing());
    }

    private static Windowing windowing(RulesetDefinition definition) {
        return Objects.requireNonNull(definition.rules().get(0).windowing());
    }

    @Test
    void readsEachKindOfWindow() {
        assertThat(windowing("trouble").window()).isEqualTo(new Window(new WindowSpec.Sliding(hours(6), 0), 600_000));
        assertThat(windowing("figures").window()).isEqualTo(new Window(new WindowSpec.Tumbling(5_400_000), 0));
        assertThat(windowing("moving").window()).isEqualTo(new Window(new WindowSpec.Hopping(hours(1), 300_000), 500));
        assertThat(windowing("visit").window()).isEqualTo(new Window(new WindowSpec.Session(1_800_000), 0));
        assertThat(windowing("last-hundred").window()).isEqualTo(new Window(new WindowSpec.Count(100), 0));
        assertThat(windowing("silent-after-much").window())
                .isEqualTo(new Window(new WindowSpec.Sliding(hours(1), 60_000), 0));
        assertThat(windowing("trouble").late()).isEqualTo(Late.DEAD_LETTERED);
        assertThat(windowing("visit").late()).isEqualTo(Late.COUNTED);
    }

    private static long hours(int hours) {
        return Duration.ofHours(hours).toMillis();
    }

    @Test
    void readsEachTrigger() {
        assertThat(windowing("trouble").trigger()).isEqualTo(new Trigger.Crossing(hours(1)));
        assertThat(windowing("figures").trigger()).isEqualTo(new Trigger.Close(0));
        assertThat(windowing("moving").trigger()).isEqualTo(new Trigger.Each(0));
        assertThat(windowing("last-hundred").trigger()).isEqualTo(new Trigger.Crossing(0));
        assertThat(windowing("silent-after-much").trigger()).isEqualTo(new Trigger.Missing(600_000, hours(24)));
    }

    @Test
    void looksAtASilenceAsLongAsItMustBeWithoutAWindow() {
        assertThat(windowing("silent").window()).isEqualTo(new Window(new WindowSpec.Sliding(600_000, 0), 0));
        assertThat(windowing("silent").trigger()).isEqualTo(new Trigger.Missing(600_000, 0));
    }

    @Test
    void namesColumnsByWhatIsAggregatedWithConstantsWrittenOut() {
        assertThat(windowing("trouble").aggregates())
                .extracting(Aggregate::id)
                .containsExactly(
                        "count()",
                        "count(amount > 100)",
                        "max(amount)",
                        "avg(discount)",
                        "percentile[99.0](price)",
                        "ema[0.1](price)",
                        "collect[10.0](tags[0])",
                        "count_distinct(currency)");
        assertThat(windowing("trouble").aggregates())
                .extracting(Aggregate::kind)
                .containsExactly(
                        Kind.ANY, Kind.ANY, Kind.LONG, Kind.LONG, Kind.DOUBLE, Kind.DOUBLE, Kind.ANY, Kind.ANY);
    }

    @Test
    void givesHavingAndEmitTheFieldsThenTheAggregatesThenTheWindow() {
        Windowing.Scope scope = windowing("trouble").scope();
        List<Field> fields = scope.type().fields();
        int own = Orders.TYPE.fields().size();
        assertThat(fields.subList(0, own)).isEqualTo(Orders.TYPE.fields());
        assertThat(fields.subList(own, fields.size()))
                .containsExactly(
                        new Field("late", Scalar.INT),
                        new Field("big", Scalar.INT),
                        new Field("worst", Scalar.INT),
                        new Field("mean", new ValueType.Nullable(Scalar.DOUBLE)),
                        new Field("slow", Scalar.DOUBLE),
                        new Field("smooth", Scalar.DOUBLE),
                        new Field("last_tags", new ValueType.ListOf(Scalar.STRING)),
                        new Field("currencies", Scalar.INT),
                        new Field("window_start", Scalar.TIMESTAMP),
                        new Field("window_end", Scalar.TIMESTAMP),
                        new Field("window_key", Scalar.STRING));
        assertThat(scope.read()).containsExactly(Orders.TYPE.position("customer"));
        assertThat(scope.carried()).isEmpty();
        assertThat(rule("trouble").emit().type().fields())
                .contains(new Field("who", Scalar.STRING), new Field("since", Scalar.TIMESTAMP));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sum(amount)                | int
                    sum(discount)              | int
                    sum(price)                 | double
                    avg(amount)                | double
                    avg(discount)              | double or null
                    min(price)                 | double
                    min(currency)              | string or null
                    max(placed_at)             | timestamp
                    max(status)                | enum Status
                    min(flagged)               | bool or null
                    first(ship_to)             | record Address
                    last(bill_to)              | record Address or null
                    last(extra)                | anything
                    stddev(amount)             | double
                    count_distinct(tags)       | int
                    count(flagged)             | int
                    percentile(discount, 50)   | double or null
                    ema(discount, 1)           | double or null
                    collect(discount, 3)       | list(int)
                    collect(amount + 1, 1000)  | list(int)
                    """)
    void typesAggregates(String call, String type) {
        Compilation compilation = new RuleCompiler(Orders.TYPES).compile("""
                ruleset: orders
                rules:
                  - id: a
                    from: Order
                    window: { sliding: 1h }
                    aggregate: { x: '%s' }
                    emit: { trigger: each, type: A, fields: { x: x } }
                """.formatted(call));
        assertThat(compilation.problems()).isEmpty();
        Windowing windowing = windowing(compilation.definition().orElseThrow());
        int position = windowing.scope().type().position("x");
        assertThat(TypeNames.of(windowing.scope().type().fields().get(position).type()))
                .isEqualTo(type);
    }

    @Test
    void carriesTheFieldsThatAreReadWhereNoEventIsAtHand() {
        Windowing closing = windowing("figures");
        assertThat(closing.scope().read()).containsExactly(Orders.TYPE.position("currency"));
        assertThat(closing.scope().carried()).containsExactly(4);
        assertThat(closing.aggregates().get(4).id()).isEqualTo("last([currency])");
        Windowing missing = windowing("silent");
        assertThat(missing.scope().read())
                .containsExactly(Orders.TYPE.position("customer"), Orders.TYPE.position("placed_at"));
        assertThat(missing.aggregates()).extracting(Aggregate::id).containsExactly("last(customer)", "last(placed_at)");
        assertThat(missing.fields()).containsExactlyInAnyOrder("customer", "placed_at");
    }

    @Test
    void takesTheAuthorsOwnLastValueForACarriedField() {
        Windowing windowing = windowing(compiled("""
                ruleset: orders
                rules:
                  - id: a
                    from: Order
                    window: { tumbling: 1h }
                    aggregate: { n: count(), at: last(placed_at) }
                    emit: { trigger: close, type: A, fields: { at: at, placed: placed_at, n: n } }
                """));
        assertThat(windowing.aggregates()).hasSize(2);
        assertThat(windowing.scope().carried()).containsExactly(1);
    }

    @Test
    void takesTheLastValueOutOfWhatCarriesIt() throws Exception {
        Windowing.Scope scope = windowing("figures").scope();
        Expression argument =
                Objects.requireNonNull(windowing("figures").aggregates().get(4).argument());
        Map<String, Object> order = new HashMap<>();
        order.put("currency", "EUR");
        Object some = argument.evaluate(Orders.order(order));
        Object none = argument.evaluate(Orders.order(Map.of()));
        assertThat(some).isEqualTo(List.of("EUR"));
        assertThat(none).isEqualTo(Arrays.asList((Object) null));
        assertThat(scope.lastValue(number -> number == 4 ? some : null, 0)).isEqualTo("EUR");
        Values ofNull = number -> number == 4 ? none : null;
        assertThat(scope.lastValue(ofNull, 0)).isNull();
    }

    @Test
    void identifiesStateByRuleTypeKeyAndReset() {
        assertThat(windowing("trouble").identity())
                .isEqualTo(new Windowing.StateIdentity("trouble", "Order", List.of("customer"), "reset-1"));
        assertThat(windowing("moving").identity())
                .isEqualTo(new Windowing.StateIdentity(
                        "moving", "Order", List.of("status", "amount / 10", "discount"), ""));
        assertThat(windowing("figures").identity())
                .isEqualTo(new Windowing.StateIdentity("figures", "Order", List.of(), ""));
    }

    @Test
    void tellsEveryPartInTheDefinition() {
        assertThat(rule("trouble").definition())
                .containsEntry("window", "sliding: 6h, grace: 10m, late: dead-letter")
                .containsEntry("partitionBy", "customer")
                .containsEntry("aggregate.slow", "percentile(price, top)")
                .containsEntry("constants.top", "99")
                .containsEntry("having", "late >= 3 && (mean == null || mean > 2.5) && customer in vip")
                .containsEntry("state", "reset-1")
                .containsEntry("emit.trigger", "crossing")
                .containsEntry("emit.cooldown", "1h");
        assertThat(rule("moving").definition()).containsEntry("partitionBy", "status, amount / 10, discount");
        assertThat(rule("silent").definition())
                .containsEntry("emit.after", "10m")
                .doesNotContainKey("window");
    }

    @Test
    void keepsTheShapeOfStateWhenFilterAndHavingChange() {
        Windowing before = windowing(compiled(FILE.formatted(10, "sliding: 1h", "max(amount)", "3")));
        Windowing after = windowing(compiled(FILE.formatted(11, "sliding: 60m", "max(amount)", "5")));
        assertThat(after.shape()).isEqualTo(before.shape());
        assertThat(after.identity()).isEqualTo(before.identity());
        Windowing wider = windowing(busy("sliding: 2h", "max(amount)"));
        assertThat(wider.shape()).isNotEqualTo(before.shape());
        assertThat(wider.shape().columns()).isEqualTo(before.shape().columns());
        assertThat(windowing(busy("sliding: 1h", "min(amount)")).shape()).isNotEqualTo(before.shape());
    }

    @Test
    void compilesOnlyTheWindowedRuleThatChanged() {
        RuleCompiler compiler = new RuleCompiler(Orders.TYPES);
        StringBuilder text = new StringBuilder("ruleset: orders\nrules:\n");
        for (int i = 0; i < 300; i++) {
            // More types of windows than are remembered.
            text.append("""
                      - id: r%1$d
                        from: Order
                        window: { sliding: 1h }
                        aggregate: { n%1$d: count() }
                        having: n%1$d > 1
                        emit: { type: T, fields: { k: n%1$d } }
                    """.formatted(i));
        }
        List<CompiledRule> first =
                compiler.compile(text.toString()).definition().orElseThrow().rules();
        String changed = text.toString().replace("having: n150 > 1", "having: n150 > 2");
        List<CompiledRule> second =
                compiler.compile(changed).definition().orElseThrow().rules();
        assertThat(compiler.revisions()).isEqualTo(1);
        assertThat(second.get(150)).isNotSameAs(first.get(150));
        assertThat(second.subList(151, 300))
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .isEqualTo(first.subList(151, 300));
        // A constant that nothing uses lets the whole file be read.
        List<CompiledRule> whole = compiler.compile("constants: { c: 1 }\n" + changed)
                .definition()
                .orElseThrow()
                .rules();
        assertThat(compiler.revisions()).isEqualTo(1);
        assertThat(whole).usingElementComparator((a, b) -> a == b ? 0 : 1).isEqualTo(second);
    }

    @Test
    void findsNoDoubleAmongRulesWithWindows() {
        String rule = """
                  - id: %s
                    from: Order
                    when: amount > %d
                    window: { sliding: 1h }
                    having: amount > 20
                    emit: { trigger: each, type: A, fields: { x: amount } }
                """;
        for (String mode : List.of("all", "first_match")) {
            compiled("ruleset: orders\nmode: " + mode + "\nrules:\n" + rule.formatted("a", 1) + rule.formatted("b", 2));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, 500",
        "10s, 10000",
        "5m, 300000",
        "6h, 21600000",
        "7d, 604800000",
        "1h30m, 5400000",
        "1d2h3m4s5ms, 93784005",
        "0s, 0"
    })
    void readsDurations(String text, long ms) {
        assertThat(DurationReader.millis(text)).hasValue(ms);
    }

    @ParameterizedTest
    @CsvSource({"''", "10", "m", "1m1h", "1h1h", "1.5h", "-1s", "1 h", "PT1H", "9999999999d"})
    void refusesOtherTextsAsDurations(String text) {
        assertThat(DurationReader.millis(text)).isEmpty();
    }
}
