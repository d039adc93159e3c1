package dev.sluice.rule.compile;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equality of results to the letter: class, sign of zero and bytes included. */
final class DeepEquality {
    private DeepEquality() {}

    static boolean equal(@Nullable Object x, @Nullable Object y) {
        if (x instanceof byte[] left && y instanceof byte[] right) {
            return Arrays.equals(left, right);
        }
        if (x instanceof List<?> left && y instanceof List<?> right) {
            boolean same = left.size() == right.size();
            for (int i = 0; same && i < left.size(); i++) {
                same = equal(left.get(i), right.get(i));
            }
            return same;
        }
        if (x instanceof Map<?, ?> left && y instanceof Map<?, ?> right) {
            return left.keySet().equals(right.keySet())
                    && left.keySet().stream().allMatch(key -> equal(left.get(key), right.get(key)));
        }
        return Objects.equals(x, y);
    }
}
