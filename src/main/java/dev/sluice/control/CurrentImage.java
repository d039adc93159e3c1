package dev.sluice.control;

/**
 * The installation that events are evaluated with: one volatile reference to an immutable value.
 *
 * <p>Threading: one exists in an instance; the installer writes, every stream thread reads once an event, without a lock.
 */
public final class CurrentImage {
    private volatile Installation installation = Installation.EMPTY;

    public Installation read() {
        return installation;
    }

    void publish(Installation next) {
        installation = next;
    }
}
