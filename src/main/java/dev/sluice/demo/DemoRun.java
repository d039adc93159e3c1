package dev.sluice.demo;

import dev.sluice.app.AlertReader;
import dev.sluice.app.PoolLag;
import dev.sluice.app.Publication;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.EventTopic;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.RulesetPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the parts of the demonstration run on.
 *
 * @param home folder with {@code data/flights.csv} and {@code rules/}
 */
public record DemoRun(SluiceConfig config, RulesEngine engine, Path home) {
    static final String RULESET = "flights";
    static final Duration LIMIT = Duration.ofSeconds(60);

    EventTopic flights() {
        return config.topics().events().stream()
                .filter(topic -> topic.eventType().equals("Flight"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("topics.yaml declares no event type Flight"));
    }

    Path departures() {
        return home.resolve("data/flights.csv");
    }

    /** @throws IllegalStateException when the version is refused */
    RulesetPublisher.Published publish(Publication publication, String ruleFile) {
        RulesetPublisher.Request request = new RulesetPublisher.Request(
                RULESET,
                read(home.resolve(ruleFile)),
                System.getProperty("user.name", "demo"),
                "demonstration",
                OptionalLong.empty());
        RulesetPublisher.Outcome outcome = publication.publish(request);
        if (!(outcome instanceof RulesetPublisher.Published published)) {
            throw new IllegalStateException(ruleFile + " was not published: " + outcome);
        }
        return published;
    }

    /** Waits until the pool's group has committed all events, and with them their alerts. */
    void awaitEvaluated() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (PoolLag lag = new PoolLag(config)) {
            while (lag.read().stream().mapToLong(PoolLag.Row::lag).sum() > 0) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the events were not evaluated within " + LIMIT.toSeconds() + " s");
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** All alerts, in the order of their event's time. */
    List<AlertReader.Entry> alerts() {
        try (AlertReader reader =
                new AlertReader(config, config.topics().names().alerts())) {
            return reader.toEnd();
        }
    }

    /** Events that the engine has set aside so far. */
    long deadLetters() {
        return engine.status().getFigures().getOrDefault("deadLetters", 0L);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: is --home the folder of Sluice?", e);
        }
    }
}
