package dev.sluice.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much window state this instance has.
 *
 * <p>Threading: stream threads tell, each of its own tasks; anyone asks.
 */
public final class WindowFigures {
    private final Map<String, List<WindowSize>> byTask = new ConcurrentHashMap<>();

    /** By ruleset, rule and state, of all tasks together; approximately, as of the last second. */
    public Collection<WindowSize> sizes() {
        Map<String, WindowSize> sums = new TreeMap<>();
        byTask.values().forEach(sizes -> sizes.forEach(size -> sums.merge(key(size), size, WindowSize::plus)));
        return sums.values();
    }

    private static String key(WindowSize size) {
        return size.ruleset() + "/" + size.rule() + "/" + size.reset() + "/" + size.isUsed();
    }

    void told(String task, List<WindowSize> sizes) {
        if (sizes.isEmpty()) {
            byTask.remove(task);
        } else {
            byTask.put(task, List.copyOf(sizes));
        }
    }
}
