package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.EngineParts;
import dev.sluice.config.SluiceConfig;
import dev.sluice.testing.ControlWriter;
import dev.sluice.testing.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers of one ruleset at the same time. */
class PublishersIT {
    private static final int ROUNDS = 25;

    private Sandbox sandbox;
    private SluiceConfig config;

    @BeforeEach
    void start() {
        sandbox = Sandbox.create();
        config = sandbox.config("publisher");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void oneWinsAndTheOtherIsToldInEveryRound() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<RulesetPublisher.Published> published = new ArrayList<>();
        int rejected = 0;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                List<Future<RulesetPublisher.Outcome>> outcomes = new ArrayList<>();
                for (String who : List.of("ann", "bob")) {
                    String text = "round " + round + " of " + who;
                    outcomes.add(threads.submit(() -> {
                        together.await();
                        return publish("shared", text);
                    }));
                }
                int before = published.size();
                for (Future<RulesetPublisher.Outcome> outcome : outcomes) {
                    if (outcome.get() instanceof RulesetPublisher.Published won) {
                        published.add(won);
                    } else {
                        assertThat(outcome.get())
                                .isInstanceOfSatisfying(
                                        RulesetPublisher.Rejected.class,
                                        lost -> assertThat(lost.code()).isEqualTo("concurrent-publication"));
                        rejected++;
                    }
                }
                assertThat(published.size()).as("winners of round %d", round).isGreaterThan(before);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(rejected).as("rounds that overlapped").isPositive();
        assertThat(published)
                .extracting(each -> each.version().version())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, published.size()).boxed().toList());
        RulesetImage standing = standing("shared");
        assertThat(standing.refused()).isEmpty();
        assertThat(standing.accepted())
                .extracting(RulesetImage.Accepted::published)
                .containsExactlyInAnyOrderElementsOf(published.stream()
                        .map(RulesetPublisher.Published::version)
                        .map(each -> new PublishedVersion(
                                each.name(),
                                each.version(),
                                each.source(),
                                each.digest(),
                                each.strategy(),
                                each.author(),
                                each.reason(),
                                each.publishedAt().truncatedTo(ChronoUnit.MILLIS)))
                        .toList());
        assertThat(sandbox.records(control())).isEqualTo(published.size());
    }

    @Test
    void writesNothingForAStaleBaseOrAnUnchangedText() {
        publish("based", "one");
        RulesetPublisher.Outcome stale =
                publisher().publish(new RulesetPublisher.Request("based", "two", "test", "", OptionalLong.of(0)));
        RulesetPublisher.Outcome same = publish("based", "one");

        assertThat(stale).isInstanceOfSatisfying(RulesetPublisher.Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo("base-changed");
            assertThat(rejected.text()).contains("is 1, not 0");
        });
        assertThat(same).isInstanceOf(RulesetPublisher.Unchanged.class);
        assertThat(sandbox.records(control())).isEqualTo(1);
    }

    @Test
    void aPublisherThatDiedInTheMiddleHoldsNobodyUp() throws Exception {
        try (Producer<byte[], byte[]> dead = transactional(control() + "-publish-left")) {
            dead.initTransactions();
            dead.beginTransaction();
            dead.send(record("ruleset/left/1", "half")).get();

            assertThat(publish("left", "whole"))
                    .isInstanceOfSatisfying(
                            RulesetPublisher.Published.class,
                            published ->
                                    assertThat(published.version().version()).isEqualTo(1));
            assertThat(standing("left").accepted())
                    .extracting(accepted -> accepted.published().source())
                    .containsExactly("whole");
        }
    }

    @Test
    void seesTheLastVersionThoughAnotherRulesetsTransactionIsOpen() throws Exception {
        try (ControlWriter writer = new ControlWriter(config);
                Producer<byte[], byte[]> other = transactional(control() + "-publish-other")) {
            other.initTransactions();
            other.beginTransaction();
            other.send(record("ruleset/other/1", "open")).get();
            writer.version("own", 1, "a");
            CompletableFuture<RulesetPublisher.Outcome> second =
                    CompletableFuture.supplyAsync(() -> publish("own", "b"));
            // One that reads no further than the open transaction is done within this time, with version 1.
            assertThat(second).failsWithin(Duration.ofSeconds(2)).withThrowableOfType(TimeoutException.class);
            other.abortTransaction();

            assertThat(second.get())
                    .isInstanceOfSatisfying(
                            RulesetPublisher.Published.class,
                            published ->
                                    assertThat(published.version().version()).isEqualTo(2));
            assertThat(standing("own").accepted()).hasSize(2);
        }
    }

    private RulesetPublisher publisher() {
        return EngineParts.publisher(config, Clock.systemUTC());
    }

    private RulesetPublisher.Outcome publish(String name, String text) {
        return publisher().publish(new RulesetPublisher.Request(name, text, "test", "", OptionalLong.empty()));
    }

    private RulesetImage standing(String name) {
        return publisher().readImage().rulesets().get(name);
    }

    private String control() {
        return config.topics().names().control();
    }

    private ProducerRecord<byte[], byte[]> record(String key, String value) {
        return new ProducerRecord<>(
                control(), key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    private Producer<byte[], byte[]> transactional(String id) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put("transactional.id", id);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
