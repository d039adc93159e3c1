package dev.sluice.window;

/**
 * A window with its grace.
 *
 * @param graceMs how far an event may come after the end of its windows in stream time and still be counted, at least 0
 */
public record Window(WindowSpec spec, long graceMs) {
    public Window {
        if (graceMs < 0) {
            throw new IllegalArgumentException("grace cannot be " + graceMs + " ms");
        }
    }
}
