package dev.sluice.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** What to close, last opened first, when the process is asked to end. */
final class Shutdown {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    Shutdown() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeAll, "sluice-shutdown"));
    }

    synchronized <T extends AutoCloseable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    private synchronized void closeAll() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                System.err.println("sluice: not closed cleanly: " + e.getMessage());
            }
        }
    }
}
