package dev.sluice.cli;

import java.io.PrintWriter;

/** What to say when Ctrl-C ends a command while it waits. */
final class Interruption implements AutoCloseable {
    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    static Interruption telling(PrintWriter err, String text) {
        Thread hook = new Thread(
                () -> {
                    err.println(System.lineSeparator() + "sluice: " + text);
                    err.flush();
                },
                "sluice-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    /** Nothing is to be said any more. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends already: it was said.
        }
    }
}
