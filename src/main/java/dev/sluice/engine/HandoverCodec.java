package dev.sluice.engine;

import dev.sluice.engine.SourceMark.Flow;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.GroupKey;
import dev.sluice.evaluation.Handover;
import dev.sluice.evaluation.Handover.Way;
import dev.sluice.evaluation.Moment;
import dev.sluice.evaluation.Occasion;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.evaluation.Watermarks;
import dev.sluice.evaluation.Windows;
import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;
import dev.sluice.window.ByteIn;
import dev.sluice.window.ByteOut;
import dev.sluice.window.ValueBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handovers as records: the key is the group key, so that all events of a key come to one task; the value names the rule and
 * holds what it needs of the event, and tells of the source. Confined to one thread.
 */
final class HandoverCodec {
    private static final int FORMAT = 4;
    /** Instead of the format, of a record that brings no event. */
    private static final int MARK = 3;

    private static final int SHAPES_MAX = 20_000;

    private final ByteOut sink = new ByteOut();
    private final IdentityHashMap<CompiledRule, HandoverShape> shapes = new IdentityHashMap<>();

    /**
     * A handover that came.
     *
     * @param mark what its source told with it
     * @param handover with the current version of the rule; null when that rule is gone, or reads or partitions otherwise, so
     *     that the event is no longer for it, or not for this task
     */
    record Arrival(SourceMark mark, @Nullable Handover handover) {}

    /** What is read of a value before the rule is known. */
    private record Header(Target target, String ruleset, String rule, long shape, long state, Set<Long> handedToo) {}

    /** Whom an event is for. */
    private enum Target {
        /** The window state of the version that handed over, else that of the version in force. */
        IN_FORCE(0),
        /** That window state alone. */
        THAT_STATE(1);

        private final int code;

        Target(int code) {
            this.code = code;
        }

        static Target of(int code) {
            return code == IN_FORCE.code ? IN_FORCE : THAT_STATE;
        }
    }

    /**
     * What a task receives with.
     *
     * @param windows of the task
     */
    record Receiving(Arms arms, Windows windows) {}

    /** Of an event and of its source. */
    private record Times(long eventMs, long sourceMs) {}

    byte[] key(Handover handover) {
        sink.clear();
        ValueBytes.writeEqual(sink, handover.key().values());
        return sink.toBytes();
    }

    /**
     * @param origin the source that hands over
     * @param arms the rules that handed over
     */
    byte[] value(Handover handover, Origin origin, Arms arms) {
        Way way = handover.way();
        HandoverShape shape = shape(way.rule());
        sink.clear().oneByte(FORMAT);
        sink.fixed(origin.source()).fixed(origin.toldMs()).fixed(origin.wallMs());
        sink.fixed(way.moment().eventMs());
        sink.oneByte((way.ruleset().isFed() ? Target.THAT_STATE : Target.IN_FORCE).code);
        sink.text(way.ruleset().name()).text(way.rule().id()).fixed(shape.key());
        sink.fixed(shape.state());
        putOtherStates(arms.siblings(way.ruleset().name(), way.rule().id()), shape.state());
        sink.text(way.path()).text(way.occasion().marks());
        putOptional(way.occasion().key());
        putOptional(way.moment().key());
        sink.text(way.moment().position());
        List<@Nullable Object> fields = Objects.requireNonNull(handover.fields(), "only a sender hands over");
        @Nullable Object[] values = new @Nullable Object[shape.values().length];
        fill(values, shape.arguments(), handover.arguments());
        fill(values, shape.fields(), fields);
        sink.unsigned(values.length);
        for (int i = 0; i < values.length; i++) {
            sink.fixed(shape.values()[i]);
            ValueBytes.write(sink, values[i]);
        }
        return sink.toBytes();
    }

    /** The value of a record without a key that tells of a source, and brings no event. */
    byte[] value(SourceMark mark) {
        sink.clear().oneByte(MARK).fixed(mark.source()).fixed(mark.streamMs()).fixed(mark.wallMs());
        return sink.oneByte(mark.flow().code()).toBytes();
    }

    /** Whether a value is that of a mark, to be read with {@link #mark}. */
    static boolean isMark(byte[] value) {
        return value.length > 0 && value[0] == MARK;
    }

    /** @throws IllegalStateException when no version of this class wrote it */
    static SourceMark mark(byte[] value) {
        try {
            ByteIn source = new ByteIn(value);
            source.oneByte();
            return new SourceMark(source.fixed(), source.fixed(), source.fixed(), Flow.of(source.oneByte()));
        } catch (RuntimeException e) {
            throw unknown(e);
        }
    }

    private static IllegalStateException unknown(RuntimeException cause) {
        return new IllegalStateException("a record of the handovers is not one that was handed over", cause);
    }

    /**
     * Reads a record with the rules of now.
     *
     * @throws IllegalStateException when no version of this class wrote it
     */
    Arrival read(byte[] key, byte[] value, Receiving with) {
        try {
            ByteIn source = new ByteIn(value);
            demandFormat(source.oneByte());
            SourceMark mark = new SourceMark(source.fixed(), source.fixed(), source.fixed(), Flow.FLOWING);
            long eventMs = source.fixed();
            Header header = header(source);
            GroupKey group = new GroupKey(ValueBytes.readAll(new ByteIn(key)));
            Arms.Receiver found = receiver(header, with.arms().of(group));
            if (found == null) {
                return new Arrival(mark, null);
            }
            Arms.Receiver receiver = with.arms().receiver(found, group, eventMs, with.windows());
            // Without a source it is late by the receiver's time alone.
            long sourceMs = mark.source() == SourceMark.NO_SOURCE ? Watermarks.UNKNOWN : mark.streamMs();
            Times times = new Times(eventMs, sourceMs);
            return new Arrival(mark, handover(source, way(source, times, receiver), group));
        } catch (RuntimeException e) {
            throw unknown(e);
        }
    }

    private static void demandFormat(int format) {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format " + format + " is not known here");
        }
    }

    private static Header header(ByteIn source) {
        Target target = Target.of(source.oneByte());
        String ruleset = source.text();
        String rule = source.text();
        long shape = source.fixed();
        long state = source.fixed();
        Set<Long> handedToo = new HashSet<>();
        for (int left = source.count(); left > 0; left--) {
            handedToo.add(source.fixed());
        }
        return new Header(target, ruleset, rule, shape, state, handedToo);
    }

    /**
     * The rule with the window state that the event was handed over for; else the one in force, unless the event was handed
     * over for the state of that, too. Null for none.
     */
    private Arms.@Nullable Receiver receiver(Header header, RuleIndexes indexes) {
        Ruleset inForce = indexes.rulesets().byName().get(header.ruleset());
        Arms.Receiver deciding = inForce == null ? null : receiver(header, inForce, indexes);
        if (deciding != null && shape(deciding.rule()).state() == header.state()) {
            return deciding;
        }
        for (Ruleset fed : indexes.fed(header.ruleset())) {
            Arms.Receiver silent = receiver(header, fed, indexes);
            if (silent != null && shape(silent.rule()).state() == header.state()) {
                return silent;
            }
        }
        boolean isForOthers = header.target() == Target.THAT_STATE
                || (deciding != null
                        && header.handedToo().contains(shape(deciding.rule()).state()));
        return isForOthers ? null : deciding;
    }

    private Arms.@Nullable Receiver receiver(Header header, Ruleset ruleset, RuleIndexes indexes) {
        CompiledRule rule = indexes.windowedRule(ruleset, header.rule()).orElse(null);
        return rule == null || shape(rule).key() != header.shape() ? null : new Arms.Receiver(ruleset, rule);
    }

    /** Those of other versions of the rule, which the event goes to in records of their own if they let it in. */
    private void putOtherStates(List<CompiledRule> versions, long own) {
        long[] others = versions.stream()
                .mapToLong(version -> shape(version).state())
                .filter(state -> state != own)
                .distinct()
                .toArray();
        sink.unsigned(others.length);
        for (long other : others) {
            sink.fixed(other);
        }
    }

    private static Way way(ByteIn source, Times times, Arms.Receiver receiver) {
        String path = source.text();
        String marks = source.text();
        String timed = getOptional(source);
        Moment moment = new Moment.At(times.eventMs(), times.sourceMs(), getOptional(source), source.text());
        Occasion occasion = new Occasion(marks, timed, timed == null ? null : moment);
        return new Way(receiver.ruleset(), receiver.rule(), path, occasion, moment);
    }

    private Handover handover(ByteIn source, Way way, GroupKey group) {
        long[] hashes = new long[source.count()];
        @Nullable Object[] sent = new @Nullable Object[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = source.fixed();
            sent[i] = ValueBytes.read(source);
        }
        HandoverShape shape = shape(way.rule());
        @Nullable Object[] values = shape.arranged(hashes, sent);
        List<@Nullable Object> arguments = new ArrayList<>();
        for (int number : shape.arguments()) {
            arguments.add(number == HandoverShape.NONE ? (Object) true : unlessMissing(values[number]));
        }
        return new Handover(way, group, arguments, fields(shape, values));
    }

    /** Null where one of them is missing. */
    @SuppressWarnings("ReferenceEquality") // a mark of its own
    private static @Nullable List<@Nullable Object> fields(HandoverShape shape, @Nullable Object[] values) {
        @Nullable Object[] fields = new @Nullable Object[shape.fields().length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = values[shape.fields()[i]];
            if (fields[i] == HandoverShape.MISSING) {
                return null;
            }
        }
        return Arrays.asList(fields);
    }

    /** An argument that is missing is passed over: its aggregate is newer than the handover. */
    @SuppressWarnings("ReferenceEquality")
    private static @Nullable Object unlessMissing(@Nullable Object value) {
        return value == HandoverShape.MISSING ? null : value;
    }

    private static void fill(@Nullable Object[] values, int[] numbers, List<@Nullable Object> given) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != HandoverShape.NONE) {
                values[numbers[i]] = given.get(i);
            }
        }
    }

    private void putOptional(@Nullable String text) {
        ValueBytes.write(sink, text);
    }

    private static @Nullable String getOptional(ByteIn source) {
        return (String) ValueBytes.read(source);
    }

    private HandoverShape shape(CompiledRule rule) {
        HandoverShape known = shapes.get(rule);
        if (known != null) {
            return known;
        }
        if (shapes.size() >= SHAPES_MAX) {
            shapes.clear(); // most are of versions that are gone
        }
        HandoverShape shape =
                HandoverShape.of(Objects.requireNonNull(rule.windowing(), "only a windowed rule is handed over to"));
        shapes.put(rule, shape);
        return shape;
    }
}
