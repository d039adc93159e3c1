package dev.sluice.testing;

import dev.sluice.app.EventSender;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Flights of every airport that go on until it is closed: two hundred a second, each 30 minutes late. */
public final class Traffic implements AutoCloseable {
    private static final int DELAY_MINUTES = 30;

    private final Sandbox sandbox;
    private final EventSender sender;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "test-traffic"));
    private long sent;

    private Traffic(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.sender = sandbox.sender();
    }

    public static Traffic start(Sandbox sandbox) {
        Traffic traffic = new Traffic(sandbox);
        var unused = traffic.thread.scheduleAtFixedRate(traffic::send, 0, 5, TimeUnit.MILLISECONDS);
        return traffic;
    }

    private void send() {
        sender.send(sandbox.flight(sent++, DELAY_MINUTES));
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the traffic did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
