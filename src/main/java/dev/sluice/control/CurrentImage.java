package dev.sluice.control;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * The installation that events are evaluated with: one volatile reference to an immutable value.
 *
 * <p>Threading: one exists in an instance; the installer writes, every stream thread reads once an event, without a lock.
 */
public final class CurrentImage {
    private final Object published = new Object();
    private volatile Installation installation = Installation.EMPTY;

    public Installation read() {
        return installation;
    }

    void publish(Installation next) {
        installation = next;
        synchronized (published) {
            published.notifyAll();
        }
    }

    /** Waits for an installation, at most {@code limit}. Returns whether it came. */
    boolean await(Predicate<Installation> wanted, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (published) {
            while (!wanted.test(installation)) {
                long leftMs = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMs <= 0) {
                    return false;
                }
                try {
                    published.wait(leftMs);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }
}
