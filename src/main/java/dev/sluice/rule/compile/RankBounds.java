package dev.sluice.rule.compile;

import dev.cel.common.types.CelKind;
import dev.sluice.rule.Predicate.Bounds;
import dev.sluice.rule.Ranks;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ranks of the values for which a comparison with a constant holds. */
final class RankBounds {
    private static final Set<String> ORDERS = Set.of("_<_", "_<=_", "_>_", "_>=_");
    private static final Bounds NONE = new Bounds(Long.MAX_VALUE, Long.MIN_VALUE);
    private static final long INFINITY = Ranks.ofDouble(Double.POSITIVE_INFINITY);

    private RankBounds() {}

    /**
     * Bounds for {@code subject FUNCTION value}; null when they are not known.
     *
     * @param function {@code _<_}, {@code _<=_}, {@code _>_} or {@code _>=_}; others have no bounds
     * @param subject kind of the value compared
     */
    static @Nullable Bounds of(String function, CelKind subject, Object value) {
        if (!ORDERS.contains(function)) {
            return null;
        }
        if (subject == CelKind.INT && value instanceof Long number) {
            return between(function, number, number);
        }
        if (subject == CelKind.DOUBLE && value instanceof Long number) {
            // Compared as Double.compare does: not a number is greater than every integer.
            long rank = Ranks.ofDouble((double) number);
            return between(function, rank, rank);
        }
        if (subject == CelKind.DOUBLE && value instanceof Double number) {
            return ofDoubles(function, number);
        }
        boolean time = subject == CelKind.TIMESTAMP ? value instanceof Instant : value instanceof Duration;
        return time ? inSeconds(function, Ranks.of(value)) : null;
    }

    /** Nothing is less or greater than not a number, and the two zeros are equal. */
    private static Bounds ofDoubles(String function, double number) {
        if (Double.isNaN(number)) {
            return NONE;
        }
        long least = Ranks.ofDouble(number == 0 ? -0.0 : number);
        long greatest = Ranks.ofDouble(number == 0 ? 0.0 : number);
        return between(function, least, greatest).and(new Bounds(Long.MIN_VALUE, INFINITY));
    }

    /** @param least and {@code greatest}: the ranks of the values that are equal to the constant */
    private static Bounds between(String function, long least, long greatest) {
        return switch (function) {
            case "_<_" -> least == Long.MIN_VALUE ? NONE : new Bounds(Long.MIN_VALUE, least - 1);
            case "_<=_" -> new Bounds(Long.MIN_VALUE, greatest);
            case "_>_" -> greatest == Long.MAX_VALUE ? NONE : new Bounds(greatest + 1, Long.MAX_VALUE);
            default -> new Bounds(least, Long.MAX_VALUE);
        };
    }

    /** Ranks in whole seconds do not tell the values of one second apart. */
    private static Bounds inSeconds(String function, long rank) {
        return switch (function) {
            case "_<_", "_<=_" -> new Bounds(Long.MIN_VALUE, rank);
            default -> new Bounds(rank, Long.MAX_VALUE);
        };
    }
}
