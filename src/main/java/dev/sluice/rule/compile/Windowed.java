package dev.sluice.rule.compile;

import dev.sluice.rule.Windowing.Late;
import dev.sluice.rule.Windowing.Scope;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.window.Window;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says of windows, as written: settings are read, expressions not parsed.
 *
 * @param place of its first key
 * @param aggregates calls by name, in the order of the file
 */
record Windowed(
        Settings settings,
        Place place,
        List<Located> partitionBy,
        Map<String, Located> aggregates,
        @Nullable Located having) {
    /** Names of the window itself, which having and the emitted values can use. */
    static final Set<String> OF_WINDOW = Set.of(Scope.START, Scope.END, Scope.KEY);

    Windowed {
        partitionBy = List.copyOf(partitionBy);
    }

    /**
     * What needs no event type.
     *
     * @param reset what the author wrote to begin anew; empty as a rule
     * @param definition its parts of the rule's definition
     */
    record Settings(Window window, Late late, Trigger trigger, String reset, Map<String, String> definition) {
        Settings {
            definition = Map.copyOf(definition);
        }
    }

    /** What having and the emitted values can use beside the fields of the event. */
    Set<String> names() {
        Set<String> names = new HashSet<>(OF_WINDOW);
        names.addAll(aggregates.keySet());
        return names;
    }

    Stream<Located> texts() {
        return Stream.of(partitionBy.stream(), aggregates.values().stream(), Stream.ofNullable(having))
                .flatMap(texts -> texts);
    }

    /** The same with other texts. */
    Windowed with(UnaryOperator<Located> change) {
        Map<String, Located> changed = new LinkedHashMap<>();
        aggregates.forEach((name, text) -> changed.put(name, change.apply(text)));
        return new Windowed(
                settings,
                place,
                partitionBy.stream().map(change).toList(),
                changed,
                having == null ? null : change.apply(having));
    }
}
