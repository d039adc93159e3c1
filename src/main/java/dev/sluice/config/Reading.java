package dev.sluice.config;

import java.util.List;
import java.util.Optional;

/** The outcome of reading configuration: the value when nothing is wrong, else every problem in order of place. */
public record Reading<T>(Optional<T> value, List<ConfigProblem> problems) {
    public Reading {
        problems = List.copyOf(problems);
        if (value.isPresent() != problems.isEmpty()) {
            throw new IllegalStateException("a reading has either a value or problems");
        }
    }

    /** The value. @throws ConfigException with all problems when there are any */
    public T orThrow() {
        return value.orElseThrow(() -> new ConfigException(problems));
    }

    static <T> Reading<T> of(T value) {
        return new Reading<>(Optional.of(value), List.of());
    }

    static <T> Reading<T> refused(List<ConfigProblem> problems) {
        return new Reading<>(Optional.empty(), problems);
    }
}
