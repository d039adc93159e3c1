package dev.sluice.rule.plan;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equality and order of values, as cel-java has them: numbers of different types compare by value. */
final class Values {
    private static final double LONG_MIN = -0x1p63;
    private static final double LONG_MAX = 0x1p63;

    private Values() {}

    /** Not a number is greater than every integer, and -0.0 less than 0. */
    static int compare(double number, long integer) {
        if (number < LONG_MIN) {
            return -1;
        }
        return number > LONG_MAX ? 1 : Double.compare(number, (double) integer);
    }

    /** The language's {@code ==}. A value is equal to itself, not a number included. */
    static boolean equal(@Nullable Object x, @Nullable Object y) {
        if (x == y) {
            return true;
        }
        if (x == null || y == null) {
            return false;
        }
        if (x instanceof Number) {
            return y instanceof Number && equalNumbers(x, y);
        }
        if (x instanceof List<?> left) {
            return y instanceof List<?> right && equalLists(left, right);
        }
        if (x instanceof Map<?, ?> left) {
            return y instanceof Map<?, ?> right && equalMaps(left, right);
        }
        return x instanceof byte[] left ? y instanceof byte[] right && Arrays.equals(left, right) : x.equals(y);
    }

    private static boolean equalNumbers(Object x, Object y) {
        if (x instanceof Double left) {
            if (y instanceof Double right) {
                return left.doubleValue() == right.doubleValue();
            }
            return y instanceof Long right && compare(left, right) == 0;
        }
        if (y instanceof Double right) {
            return x instanceof Long left && compare(right, left) == 0;
        }
        return x.equals(y);
    }

    private static boolean equalLists(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        Iterator<?> others = right.iterator();
        for (Object element : left) {
            if (!equal(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : left.entrySet()) {
            if (!right.containsKey(entry.getKey()) || !equal(entry.getValue(), right.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** The language's {@code in}: the very same value, or an equal number. */
    static boolean contains(List<?> list, @Nullable Object value) {
        for (Object element : list) {
            if (same(element, value) || (value instanceof Number && equal(element, value))) {
                return true;
            }
        }
        return false;
    }

    /** Equality that tells an integer from a double, and takes not a number as equal to itself. */
    private static boolean same(@Nullable Object x, @Nullable Object y) {
        if (x instanceof byte[] left) {
            return y instanceof byte[] right && Arrays.equals(left, right);
        }
        if (x instanceof List<?> left) {
            return y instanceof List<?> right && sameLists(left, right);
        }
        if (x instanceof Map<?, ?> left) {
            return y instanceof Map<?, ?> right && sameMaps(left, right);
        }
        return Objects.equals(x, y);
    }

    private static boolean sameLists(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        Iterator<?> others = right.iterator();
        for (Object element : left) {
            if (!same(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMaps(Map<?, ?> left, Map<?, ?> right) {
        if (!left.keySet().equals(right.keySet())) {
            return false;
        }
        for (Map.Entry<?, ?> entry : left.entrySet()) {
            if (!same(entry.getValue(), right.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
