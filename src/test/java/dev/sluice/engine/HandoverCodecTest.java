package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deployment.KeySplit;
import dev.sluice.engine.HandoverCodec.Arrival;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.GroupKey;
import dev.sluice.evaluation.Handover;
import dev.sluice.evaluation.Handover.Way;
import dev.sluice.evaluation.MapWindows;
import dev.sluice.evaluation.Moment;
import dev.sluice.evaluation.Occasion;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.evaluation.Watermarks;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.Scalar;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Ruleset;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HandoverCodecTest {
    private static final EventType READING = new EventType(
            "Reading",
            List.of(
                    new Field("k", Scalar.STRING),
                    new Field("n", Scalar.INT),
                    new Field("any", new ValueType.Anything())));
    private static final RuleCompiler COMPILER = new RuleCompiler(new EventTypes(Map.of("Reading", READING), Set.of()));
    private static final Moment MOMENT = new Moment.At(-5, -5, null, "readings-3-17");

    private static final Origin ORIGIN = Origin.ofEvents("readings-3", () -> 400, 5_000);
    private static final SourceMark TOLD = new SourceMark(ORIGIN.source(), -5, 400, SourceMark.Flow.FLOWING);

    static {
        ORIGIN.reached(-5);
    }

    private final HandoverCodec codec = new HandoverCodec();

    private static RuleIndexes rules(String partitionBy, String aggregate, String fields) {
        Compilation compilation = COMPILER.compile("""
                ruleset: readings
                rules:
                  - id: many
                    from: Reading
                    partitionBy: %s
                    window: { count: 5 }
                    aggregate: { %s }
                    emit: { type: Many, trigger: each, fields: { %s } }
                """.formatted(partitionBy, aggregate, fields));
        assertThat(compilation.definition())
                .as(compilation.problems().toString())
                .isPresent();
        return RuleIndexes.of(new ActiveRulesets(
                Map.of("readings", new Ruleset(compilation.definition().orElseThrow(), 1, "digest"))));
    }

    private static Handover handover(RuleIndexes rules, Occasion occasion, List<@Nullable Object> values) {
        Ruleset ruleset = Objects.requireNonNull(rules.rulesets().byName().get("readings"));
        CompiledRule rule = rules.windowedRule(ruleset, "many").orElseThrow();
        Way way = new Way(ruleset, rule, "first>many", occasion, MOMENT);
        int arguments = Objects.requireNonNull(rule.windowing()).aggregates().size();
        return new Handover(
                way,
                new GroupKey(Arrays.asList("a", null)),
                values.subList(0, arguments),
                values.subList(arguments, values.size()));
    }

    private Arrival sent(Handover handover, RuleIndexes receiver) {
        return sent(handover, Arms.of(receiver), Arms.of(receiver));
    }

    private Arrival sent(Handover handover, Arms sender, Arms receiver) {
        return codec.read(codec.key(handover), codec.value(handover, ORIGIN, sender), receiving(receiver));
    }

    private static HandoverCodec.Receiving receiving(Arms arms) {
        return new HandoverCodec.Receiving(arms, new MapWindows(rule -> false));
    }

    private static Arms arms(Ruleset stable, Ruleset candidate, int weight) {
        return Arms.NONE.changed(
                new ActiveRulesets(Map.of("readings", stable)),
                List.of(),
                List.of(new Arms.Rollout(stable, candidate, new KeySplit("readings/2/1"), weight)));
    }

    private static Ruleset counting(long version, int events) {
        Compilation compilation = COMPILER.compile("""
                ruleset: readings
                rules:
                  - id: many
                    from: Reading
                    partitionBy: n
                    window: { count: %d }
                    aggregate: { c: count() }
                    emit: { type: Many, trigger: each, fields: { c: c } }
                """.formatted(events));
        return new Ruleset(compilation.definition().orElseThrow(), version, "digest");
    }

    private static Handover handover(Ruleset ruleset) {
        CompiledRule rule = ruleset.rules().get(0);
        Way way = new Way(ruleset, rule, "many", Occasion.EVENT, MOMENT);
        return new Handover(way, new GroupKey(List.of(7L)), List.of(true), List.of());
    }

    private static Arms.Receiver receiver(Arrival arrival) {
        Way way = Objects.requireNonNull(arrival.handover()).way();
        return new Arms.Receiver(way.ruleset(), way.rule());
    }

    @Test
    void anEventGoesToTheStateOfItsVersionWhoeverHasTheKeyHere() {
        Ruleset stable = counting(1, 5);
        Ruleset candidate = counting(2, 9);
        Arms few = arms(stable, candidate, 1);
        Arms all = arms(stable, candidate, KeySplit.BUCKETS);

        Arms.Receiver ofStable = receiver(sent(handover(stable), few, all));
        assertThat(ofStable.rule()).isSameAs(stable.rules().get(0));
        assertThat(ofStable.ruleset().isFed()).isTrue();
        Arms.Receiver ofCandidate = receiver(sent(handover(candidate), few, all));
        assertThat(ofCandidate.ruleset()).isSameAs(candidate);
    }

    @Test
    void anEventThatBothVersionsGetIsNotCountedTwiceWhereOneIsGone() {
        Ruleset stable = counting(1, 5);
        Ruleset candidate = counting(2, 9);
        Arms both = arms(stable, candidate, KeySplit.BUCKETS);
        Arms alone = Arms.of(RuleIndexes.of(new ActiveRulesets(Map.of("readings", stable))));

        assertThat(receiver(sent(handover(stable), both, alone)).ruleset()).isSameAs(stable);
        assertThat(sent(handover(candidate), both, alone).handover()).isNull();
    }

    @Test
    void anEventOfTheOnlyVersionGoesToTheOneInForceHere() {
        Ruleset before = counting(1, 5);
        Ruleset after = counting(2, 9);
        Arms sender = Arms.of(RuleIndexes.of(new ActiveRulesets(Map.of("readings", before))));
        Arms receiver = Arms.of(RuleIndexes.of(new ActiveRulesets(Map.of("readings", after))));

        assertThat(receiver(sent(handover(before), sender, receiver)).ruleset()).isSameAs(after);
    }

    @Test
    void bringsAHandoverOverWhole() {
        RuleIndexes rules = rules("k", "c: count(), s: sum(n), m: max(n)", "n: n, k: k, s: s, c: c, m: m");
        Handover handover = handover(rules, Occasion.EVENT, Arrays.asList(true, 7L, 7L, "a", 7L));
        Arrival arrival = sent(handover, rules);
        assertThat(arrival).isEqualTo(new Arrival(TOLD, handover));
    }

    @Test
    void bringsOverEveryKindOfValue() {
        RuleIndexes rules = rules("k", "c: count()", "any: any, c: c");
        List<@Nullable Object> values = Arrays.asList(
                null,
                true,
                Long.MIN_VALUE,
                -0.5,
                "ä😀",
                Instant.parse("1969-12-31T23:59:59.123456789Z"),
                Duration.ofMillis(-1),
                Arrays.asList(1L, null, List.of("x")),
                Map.of("b", 1L, "a", List.of()));
        for (Object value : values) {
            Handover handover = handover(rules, Occasion.EVENT, Arrays.asList(true, value));
            assertThat(sent(handover, rules).handover()).isEqualTo(handover);
        }
    }

    @Test
    void bringsOverThatTimePassed() {
        RuleIndexes rules = rules("k", "c: count()", "c: c");
        Occasion occasion = new Occasion("@40@60", "key|of|window", MOMENT);
        Handover handover = handover(rules, occasion, List.of(true));
        assertThat(sent(handover, rules).handover()).isEqualTo(handover);
    }

    @Test
    void fitsWhatAnotherVersionSentByItsMeaning() {
        RuleIndexes before = rules("k", "s: sum(n), gone: min(n * 2)", "k: k, n: n, s: s, gone: gone");
        RuleIndexes after =
                rules("k", "c: count(), worst: max(n), fresh: max(n * 3)", "n: n, c: c, w: worst, f: fresh");
        Arrival arrival = sent(handover(before, Occasion.EVENT, List.of(7L, 14L, "a", 7L)), after);
        Handover handover = Objects.requireNonNull(arrival.handover());
        assertThat(handover.arguments()).containsExactly(true, 7L, null);
        assertThat(handover.fields()).containsExactly(7L);
    }

    @Test
    void saysThatFieldsAreMissingThatAnotherVersionDidNotSend() {
        RuleIndexes before = rules("k", "c: count()", "c: c");
        RuleIndexes after = rules("k", "c: count()", "c: c, n: n");
        Handover handover = Objects.requireNonNull(
                sent(handover(before, Occasion.EVENT, List.of(true)), after).handover());
        assertThat(handover.arguments()).containsExactly(true);
        assertThat(handover.fields()).isNull();
    }

    @Test
    void dropsWhatIsForAnotherKeyOrForNobody() {
        RuleIndexes before = rules("k", "c: count()", "c: c");
        Handover handover = handover(before, Occasion.EVENT, List.of(true));
        assertThat(sent(handover, rules("n", "c: count()", "c: c"))).isEqualTo(new Arrival(TOLD, null));
        assertThat(sent(handover, RuleIndexes.NONE)).isEqualTo(new Arrival(TOLD, null));
    }

    @Test
    void tellsOfASourceWithoutAnEvent() {
        SourceMark resting = new SourceMark(7, Long.MIN_VALUE, 500, SourceMark.Flow.RESTING);
        assertThat(HandoverCodec.isMark(codec.value(resting))).isTrue();
        assertThat(HandoverCodec.mark(codec.value(resting))).isEqualTo(resting);
        assertThat(HandoverCodec.mark(codec.value(TOLD))).isEqualTo(TOLD);
        RuleIndexes rules = rules("k", "c: count()", "c: c");
        assertThat(HandoverCodec.isMark(
                        codec.value(handover(rules, Occasion.EVENT, List.of(true)), ORIGIN, Arms.of(rules))))
                .isFalse();
    }

    @Test
    void leavesTheStreamTimeToTheReceiverOfWhatHasNoSource() {
        RuleIndexes rules = rules("k", "c: count()", "c: c");
        Handover handover = handover(rules, Occasion.EVENT, List.of(true));
        Arrival arrival = codec.read(
                codec.key(handover),
                codec.value(handover, Origin.ofHandovers(() -> 400), Arms.of(rules)),
                receiving(Arms.of(rules)));
        assertThat(arrival.mark().source()).isEqualTo(SourceMark.NO_SOURCE);
        assertThat(Objects.requireNonNull(arrival.handover()).way().moment().streamMs())
                .isEqualTo(Watermarks.UNKNOWN);
    }

    @Test
    void givesEqualKeysEqualBytes() {
        RuleIndexes rules = rules("k", "c: count()", "c: c");
        Handover one = handover(rules, Occasion.EVENT, List.of(true));
        Handover other =
                new Handover(one.way(), new GroupKey(List.of(Map.of("b", 1L, "a", 2L))), one.arguments(), one.fields());
        Map<String, Object> turned = new java.util.LinkedHashMap<>();
        turned.put("a", 2L);
        turned.put("b", 1L);
        Handover same = new Handover(one.way(), new GroupKey(List.of(turned)), one.arguments(), one.fields());
        assertThat(codec.key(other)).isEqualTo(codec.key(same)).isNotEqualTo(codec.key(one));
    }

    @Test
    void refusesBytesThatItDidNotWrite() {
        RuleIndexes rules = rules("k", "c: count()", "c: c");
        Handover handover = handover(rules, Occasion.EVENT, List.of(true));
        byte[] whole = codec.value(handover, ORIGIN, Arms.of(rules));
        byte[] cut = Arrays.copyOf(whole, whole.length - 3);
        assertThatThrownBy(() -> codec.read(codec.key(handover), cut, receiving(Arms.of(rules))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not one that was handed over");
        whole[0] = 9;
        assertThatThrownBy(() -> codec.read(codec.key(handover), whole, receiving(Arms.of(rules))))
                .hasRootCauseMessage("format 9 is not known here");
    }
}
