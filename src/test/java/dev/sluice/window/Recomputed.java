package dev.sluice.window;

import dev.sluice.window.Aggregation.Function;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates worked out from all raw events, in the plainest way. */
public final class Recomputed {

    /** An event, by the order of arrival in a list. */
    public record Raw(long timeMs, List<@Nullable Object> arguments) {}

    private Recomputed() {}

    /**
     * The result of a column.
     *
     * @param number of the column among the arguments
     */
    public static @Nullable Object result(Column column, int number, List<Raw> inOrderOfArrival) {
        List<Raw> byTime = new ArrayList<>(inOrderOfArrival);
        byTime.sort(Comparator.comparingLong(Raw::timeMs));
        List<Object> values = byTime.stream()
                .map(event -> event.arguments().get(number))
                .filter(Objects::nonNull)
                .map(Object.class::cast)
                .toList();
        Function function = column.aggregation().function();
        return switch (function) {
            case COUNT -> values.stream().filter(value -> !value.equals(false)).count();
            case SUM ->
                column.kind() == Column.Kind.LONG
                        ? (Object) longSum(values).longValueExact()
                        : (Object) decimalSum(values).doubleValue();
            case COUNT_DISTINCT -> (long) new HashSet<>(values).size();
            case COLLECT ->
                values.subList(
                        Math.max(0, values.size() - (int) column.aggregation().parameter()), values.size());
            default -> values.isEmpty() ? null : ofSome(column, values);
        };
    }

    private static Object ofSome(Column column, List<Object> values) {
        double parameter = column.aggregation().parameter();
        return switch (column.aggregation().function()) {
            case AVG -> decimalSum(values).doubleValue() / values.size();
            case MIN -> values.stream().min(Recomputed::compare).orElseThrow();
            case MAX -> values.stream().max(Recomputed::compare).orElseThrow();
            case FIRST -> values.get(0);
            case LAST -> values.get(values.size() - 1);
            case STDDEV -> deviation(values);
            case PERCENTILE -> percentile(values, parameter);
            case EMA -> moving(values, parameter);
            default -> throw new IllegalStateException(column.toString());
        };
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object one, Object other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    private static BigInteger longSum(List<Object> values) {
        return values.stream().map(v -> BigInteger.valueOf((Long) v)).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigDecimal decimalSum(List<Object> values) {
        return values.stream()
                .map(v -> v instanceof Long number ? new BigDecimal(number) : new BigDecimal((Double) v))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static double deviation(List<Object> values) {
        BigDecimal count = BigDecimal.valueOf(values.size());
        BigDecimal mean = decimalSum(values).divide(count, MathContext.DECIMAL128);
        BigDecimal squares = BigDecimal.ZERO;
        for (Object value : values) {
            BigDecimal apart = decimalSum(List.of(value)).subtract(mean);
            squares = squares.add(apart.multiply(apart));
        }
        return Math.sqrt(squares.divide(count, MathContext.DECIMAL128).doubleValue());
    }

    private static double percentile(List<Object> values, double percent) {
        List<Double> sorted =
                values.stream().map(v -> ((Number) v).doubleValue()).sorted().toList();
        int below = 0;
        while (100.0 * (below + 1) / sorted.size() < percent) {
            below++;
        }
        return sorted.get(below);
    }

    private static double moving(List<Object> values, double weight) {
        double average = ((Number) values.get(0)).doubleValue();
        for (Object value : values.subList(1, values.size())) {
            average = weight * ((Number) value).doubleValue() + (1 - weight) * average;
        }
        return average;
    }
}
