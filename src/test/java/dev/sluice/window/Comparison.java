package dev.sluice.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.window.Recomputed.Raw;
import java.util.List;

/** A window shown against its raw events: all exactly, but doubles to the last few bits of the greatest value. */
final class Comparison {
    private static final double BITS = 1e-9;

    private Comparison() {}

    static void demandSame(StateShape shape, Shown view, List<Raw> events) {
        for (int number = 0; number < shape.columns().size(); number++) {
            demandSame(shape, view, events, number);
        }
    }

    static void demandSame(StateShape shape, Shown view, List<Raw> events, int number) {
        Column column = shape.columns().get(number);
        Object expected = Recomputed.result(column, number, events);
        Object actual = view.values().get(number);
        if (expected instanceof Double real && actual instanceof Double given) {
            assertThat(given).as("%s of %s", column, shape.window()).isCloseTo(real, within(slack(number, events)));
        } else {
            assertThat(actual)
                    .as("%s of %s in %s", column, shape.window(), view)
                    .isEqualTo(expected);
        }
    }

    private static double slack(int number, List<Raw> events) {
        return BITS
                        * events.stream()
                                .map(event -> event.arguments().get(number))
                                .filter(Number.class::isInstance)
                                .mapToDouble(value -> Math.abs(((Number) value).doubleValue()))
                                .max()
                                .orElse(1)
                + Double.MIN_VALUE;
    }
}
