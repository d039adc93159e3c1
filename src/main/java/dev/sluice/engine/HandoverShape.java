package dev.sluice.engine;

import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.Aggregate;
import dev.sluice.window.ByteOut;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which values of an event a windowed rule hands over, so that another version of the rule finds those that it knows. Equal
 * hashes mean equal texts of equal types: a value that is both an argument and a field, or the argument of several
 * aggregates, is there once.
 *
 * @param key hash of what the rule reads and is partitioned by; of another one the event is for other tasks
 * @param state hash of what tells its window state from that of other versions
 * @param values one hash a value
 * @param arguments by aggregate the number of its argument's value; {@link #NONE} for one without an argument
 * @param fields by field that the rule reads the number of its value
 */
@SuppressWarnings("ArrayRecordComponent") // read only, and never compared
record HandoverShape(long key, long state, long[] values, int[] arguments, int[] fields) {
    static final int NONE = -1;

    /** Stands for a value that was not sent. */
    static final Object MISSING = new Object();

    static HandoverShape of(Windowing windowing) {
        Map<Long, Integer> numbers = new LinkedHashMap<>();
        int[] arguments = windowing.aggregates().stream()
                .mapToInt(aggregate -> number(aggregate, numbers))
                .toArray();
        List<Field> scope = windowing.scope().type().fields();
        int[] fields = windowing.scope().read().stream()
                .map(scope::get)
                .mapToInt(field -> number(field.name(), field.type(), numbers))
                .toArray();
        long[] values = numbers.keySet().stream().mapToLong(Long::longValue).toArray();
        String identity = windowing.identity().from() + "\n"
                + String.join("\n", windowing.identity().partitionBy());
        ByteOut state = new ByteOut().text(identity).text(windowing.identity().reset());
        state.bytes(windowing.shape().write());
        return new HandoverShape(hash(identity), hash(state.toBytes()), values, arguments, fields);
    }

    private static int number(Aggregate aggregate, Map<Long, Integer> numbers) {
        Expression argument = aggregate.argument();
        return argument == null ? NONE : number(argument.source(), argument.type(), numbers);
    }

    private static int number(String text, ValueType type, Map<Long, Integer> numbers) {
        Integer number = numbers.computeIfAbsent(hash(text + "\n" + type), hash -> numbers.size());
        return number;
    }

    private static long hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * Values that another shape sent, in the order of this one; {@link #MISSING} for those that it did not send.
     *
     * @param hashes of the values that were sent
     */
    @Nullable Object[] arranged(long[] hashes, @Nullable Object[] sent) {
        if (Arrays.equals(hashes, values)) {
            return sent;
        }
        @Nullable Object[] arranged = new @Nullable Object[values.length];
        Arrays.fill(arranged, MISSING);
        for (int at = 0; at < hashes.length; at++) {
            for (int number = 0; number < values.length; number++) {
                if (hashes[at] == values[number]) {
                    arranged[number] = sent[at];
                }
            }
        }
        return arranged;
    }
}
