package dev.sluice.rule.compile;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.ValueType.RecordOf;
import dev.sluice.rule.ValueType.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Value types as CEL types and back; the nested records of one event type as CEL struct types. */
final class CelTypes {
    /** No identifier holds a slash, so that no field name can be taken for a record's name. */
    private static final String PREFIX = "record/";

    private final Map<String, RecordOf> records = new LinkedHashMap<>();
    private final Map<String, StructType> structs = new LinkedHashMap<>();

    CelType toCel(ValueType type) {
        if (type instanceof Scalar scalar) {
            return scalar(scalar);
        }
        if (type instanceof ValueType.EnumOf) {
            return SimpleType.STRING;
        }
        if (type instanceof ValueType.ListOf list) {
            return ListType.create(toCel(list.element()));
        }
        if (type instanceof ValueType.MapOf map) {
            return MapType.create(SimpleType.STRING, toCel(map.value()));
        }
        if (type instanceof RecordOf rec) {
            return StructTypeReference.create(define(rec));
        }
        if (type instanceof ValueType.Nullable nullable) {
            return nullable(toCel(nullable.type()));
        }
        return SimpleType.DYN;
    }

    /** CEL knows no nullable lists and maps: they are not checked before run time. */
    private static CelType nullable(CelType type) {
        return switch (type.kind()) {
            case LIST, MAP, DYN -> SimpleType.DYN;
            default -> NullableType.create(type);
        };
    }

    private static CelType scalar(Scalar scalar) {
        return switch (scalar) {
            case BOOL -> SimpleType.BOOL;
            case INT -> SimpleType.INT;
            case DOUBLE -> SimpleType.DOUBLE;
            case STRING -> SimpleType.STRING;
            case BYTES -> SimpleType.BYTES;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
        };
    }

    private String define(RecordOf rec) {
        String name = PREFIX + rec.name();
        for (int n = 2; records.containsKey(name) && !rec.equals(records.get(name)); n++) {
            name = PREFIX + rec.name() + "/" + n;
        }
        if (records.putIfAbsent(name, rec) == null) {
            ImmutableMap.Builder<String, CelType> byName = ImmutableMap.builder();
            for (Field field : rec.fields()) {
                byName.put(field.name(), toCel(field.type()));
            }
            ImmutableMap<String, CelType> fields = byName.buildOrThrow();
            structs.put(
                    name, StructType.create(name, fields.keySet(), field -> Optional.ofNullable(fields.get(field))));
        }
        return name;
    }

    /** The type of results; empty where a result of that kind can be no event's field. */
    Optional<ValueType> fromCel(CelType type) {
        if (type instanceof NullableType nullable) {
            return fromCel(nullable.targetType()).map(ValueType.Nullable::new);
        }
        return switch (type.kind()) {
            case BOOL -> Optional.of(Scalar.BOOL);
            case INT, UINT -> Optional.of(Scalar.INT);
            case DOUBLE -> Optional.of(Scalar.DOUBLE);
            case STRING -> Optional.of(Scalar.STRING);
            case BYTES -> Optional.of(Scalar.BYTES);
            case TIMESTAMP -> Optional.of(Scalar.TIMESTAMP);
            case DURATION -> Optional.of(Scalar.DURATION);
            case DYN, ANY, TYPE_PARAM -> Optional.of(new ValueType.Anything());
            case LIST -> fromCel(((ListType) type).elemType()).map(ValueType.ListOf::new);
            case MAP ->
                ((MapType) type).keyType().equals(SimpleType.STRING)
                        ? fromCel(((MapType) type).valueType()).map(ValueType.MapOf::new)
                        : Optional.empty();
            case STRUCT -> Optional.ofNullable(records.get(type.name()));
            default -> Optional.empty();
        };
    }

    /** The records met so far, for the checker. */
    CelTypeProvider provider() {
        return new Records(ImmutableMap.copyOf(structs));
    }

    private record Records(ImmutableMap<String, StructType> structs) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(structs.values());
        }

        @Override
        public Optional<CelType> findType(String typeName) {
            return Optional.ofNullable(structs.get(typeName));
        }
    }
}
