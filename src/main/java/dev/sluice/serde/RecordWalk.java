package dev.sluice.serde;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a record begin, found in one pass over its bytes without decoding them: one precomputed step for each
 * field of the writer's schema.
 *
 * <p>The pass checks every length, union and enum index, boolean, int, block count and the end, contents of skipped fields
 * included. What it accepts, a decoder accepts.
 *
 * <p>Threading: immutable.
 */
public final class RecordWalk {
    private static final int NOTHING = 0;
    private static final int BOOLEAN = 1;
    private static final int INT = 2;
    private static final int LONG = 3;
    private static final int FIXED = 4;
    private static final int CONTENTS = 5;
    private static final int ENUM = 6;
    private static final int SCALAR_UNION = 7;
    private static final int NESTED = 8;

    /**
     * How to pass over one datum.
     *
     * @param number size of what is fixed, count of an enum's symbols
     * @param branches of a union of scalars
     * @param shape of what nests
     */
    private record Step(int kind, int number, List<Step> branches, DatumShape shape) {
        static Step scalar(int kind, int number) {
            return new Step(kind, number, List.of(), DatumShape.NONE);
        }
    }

    private final Step[] steps;

    /** Kind and number of each step side by side: the pass reads nothing else of scalars. */
    private final int[] kinds;

    private final int[] numbers;

    /** @throws IllegalArgumentException when the schema is no record */
    public RecordWalk(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new IllegalArgumentException("a walk needs an Avro record, not " + writer.getType());
        }
        DatumShape.Shapes shapes = new DatumShape.Shapes();
        steps = writer.getFields().stream()
                .map(field -> step(field.schema(), shapes))
                .toArray(Step[]::new);
        kinds = Arrays.stream(steps).mapToInt(Step::kind).toArray();
        numbers = Arrays.stream(steps).mapToInt(Step::number).toArray();
    }

    private static Step step(Schema schema, DatumShape.Shapes shapes) {
        return switch (schema.getType()) {
            case NULL -> Step.scalar(NOTHING, 0);
            case BOOLEAN -> Step.scalar(BOOLEAN, 0);
            case INT -> Step.scalar(INT, 0);
            case LONG -> Step.scalar(LONG, 0);
            case FLOAT -> Step.scalar(FIXED, Float.BYTES);
            case DOUBLE -> Step.scalar(FIXED, Double.BYTES);
            case FIXED -> Step.scalar(FIXED, schema.getFixedSize());
            case STRING, BYTES -> Step.scalar(CONTENTS, 0);
            case ENUM -> Step.scalar(ENUM, schema.getEnumSymbols().size());
            case UNION -> union(schema, shapes);
            case ARRAY, MAP, RECORD -> nested(schema, shapes);
        };
    }

    private static Step union(Schema schema, DatumShape.Shapes shapes) {
        List<Step> branches =
                schema.getTypes().stream().map(branch -> step(branch, shapes)).toList();
        return branches.stream().anyMatch(branch -> branch.kind() == NESTED)
                ? nested(schema, shapes)
                : new Step(SCALAR_UNION, branches.size(), branches, DatumShape.NONE);
    }

    private static Step nested(Schema schema, DatumShape.Shapes shapes) {
        return new Step(NESTED, 0, List.of(), shapes.of(schema));
    }

    /**
     * The place of each field in the writer's order, and at last the end.
     *
     * @param offset where the record begins; it must fill the array from there
     * @return null when the bytes are no such record
     */
    public int @Nullable [] starts(byte[] bytes, int offset) {
        int[] starts = new int[steps.length + 1];
        try {
            return walk(bytes, offset, starts) == bytes.length ? starts : null;
        } catch (AvroRuntimeException | StackOverflowError e) {
            return null; // from what nests
        }
    }

    private int walk(byte[] bytes, int offset, int[] starts) {
        BoundedDecoder nested = null;
        int at = offset;
        for (int i = 0; i < kinds.length; i++) {
            starts[i] = at;
            int kind = kinds[i];
            if (kind < SCALAR_UNION) {
                at = after(kind, numbers[i], bytes, at);
            } else if (kind == SCALAR_UNION) {
                at = afterUnion(steps[i], bytes, at);
            } else {
                nested = nested == null ? new BoundedDecoder(bytes, offset) : nested;
                at = afterNested(steps[i], nested, at);
            }
            if (at < 0) {
                return AvroBytes.REFUSED;
            }
        }
        starts[kinds.length] = at;
        return at;
    }

    private static int afterNested(Step step, BoundedDecoder bytes, int at) {
        bytes.moveTo(at);
        step.shape().pass(bytes);
        return bytes.position();
    }

    private static int afterUnion(Step union, byte[] bytes, int at) {
        int next = AvroBytes.afterIndex(bytes, at, union.number());
        if (next < 0) {
            return AvroBytes.REFUSED;
        }
        Step branch = union.branches().get((int) AvroBytes.longAt(bytes, at));
        return after(branch.kind(), branch.number(), bytes, next);
    }

    private static int after(int scalar, int number, byte[] bytes, int at) {
        return switch (scalar) {
            case NOTHING -> at;
            case BOOLEAN -> AvroBytes.afterBoolean(bytes, at);
            case INT -> AvroBytes.afterInt(bytes, at);
            case LONG -> AvroBytes.afterLong(bytes, at);
            case FIXED -> AvroBytes.afterFixed(bytes, at, number);
            case CONTENTS -> AvroBytes.afterContents(bytes, at);
            case ENUM -> AvroBytes.afterIndex(bytes, at, number);
            default -> throw new IllegalStateException("step " + scalar + " is not one of a scalar");
        };
    }
}
