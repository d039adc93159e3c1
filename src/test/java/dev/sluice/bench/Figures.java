package dev.sluice.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** What a run measured, by name; for the table of bars. Confined to one thread. */
final class Figures {
    private final Map<String, Double> byName = new LinkedHashMap<>();

    void put(String name, double value) {
        byName.put(name, value);
    }

    /** Empty when it was not measured. */
    OptionalDouble get(String name) {
        Double value = byName.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** One figure in terms of another; empty when one of them was not measured. */
    OptionalDouble ratio(String name, String base) {
        Double value = byName.get(name);
        Double one = byName.get(base);
        return value == null || one == null ? OptionalDouble.empty() : OptionalDouble.of(value / one);
    }
}
