package dev.sluice.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Random data of a schema, extremes included. */
public final class AvroData {
    private static final int MOST_DEPTH = 6;
    private static final String[] TEXTS = {"", "a", "plain text", "Zürich €", "\uD83D\uDE00", "0".repeat(200)};
    private static final long[] NUMBERS = {0, -1, 1, 63, 64, -65, 1L << 33, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final double[] REALS = {0, -0.0, 1.5, Double.NaN, Double.POSITIVE_INFINITY, 1e300};

    private final Random random;

    public AvroData(Random random) {
        this.random = random;
    }

    public @Nullable Object of(Schema schema) {
        return of(schema, 0);
    }

    private @Nullable Object of(Schema schema, int depth) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> (int) number();
            case LONG -> number();
            case FLOAT -> (float) real();
            case DOUBLE -> real();
            case STRING -> new Utf8(TEXTS[random.nextInt(TEXTS.length)]);
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(9)));
            case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())));
            case ARRAY -> array(schema, depth);
            case MAP -> map(schema, depth);
            case UNION -> of(branch(schema, depth), depth);
            case RECORD -> rec(schema, depth);
        };
    }

    /** A record within itself ends by the first branch of its union. */
    private Schema branch(Schema union, int depth) {
        int count = union.getTypes().size();
        return union.getTypes().get(depth > MOST_DEPTH ? 0 : random.nextInt(count));
    }

    private List<@Nullable Object> array(Schema schema, int depth) {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(of(schema.getElementType(), depth + 1));
        }
        return items;
    }

    private Map<Utf8, @Nullable Object> map(Schema schema, int depth) {
        Map<Utf8, @Nullable Object> entries = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(new Utf8("k" + i), of(schema.getValueType(), depth + 1));
        }
        return entries;
    }

    private GenericData.Record rec(Schema schema, int depth) {
        GenericData.Record rec = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            rec.put(field.pos(), of(field.schema(), depth + 1));
        }
        return rec;
    }

    private long number() {
        return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(100_000) - 50_000;
    }

    private double real() {
        return random.nextBoolean() ? REALS[random.nextInt(REALS.length)] : random.nextGaussian();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
