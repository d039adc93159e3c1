package dev.sluice.control;

import dev.sluice.rule.compile.RuleCompiler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control topic, folded and installed: a Kafka Streams client with a global store on the topic, and the thread that
 * compiles each new image off the global thread and publishes it as {@link CurrentImage}.
 *
 * <p>The decider of deployments will be the one task of this client's topology. Until then an accepted version that
 * compiles is active as it arrives.
 *
 * <p>Threading: {@link #start} and {@link #close} by the owner; installing happens on the thread {@code
 * sluice-installer} alone.
 */
public final class ControlPlane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final long REBUILD_PAUSE_MS = 1000;

    private final Source source;
    private final RulesetInstaller installer;
    private final CurrentImage current;
    private final Runnable onChange;
    private final Clock clock;
    private final ScheduledExecutorService installerThread = installerThread();
    private volatile Client client;
    private volatile boolean closing;

    /** One Kafka Streams client with its fold; replaced as a whole when the client fails. */
    private record Client(KafkaStreams streams, ControlJournal journal, AtomicBoolean live) {}

    /**
     * Where the control records come from.
     *
     * @param topic the control topic
     * @param streams settings of the Kafka Streams client, application id included
     * @param valueDeserializers for values in the Confluent wire format: one new deserializer a call
     * @param keepStateOfPrevious how long after a version the window state of the one before is fed
     */
    public record Source(
            String topic,
            Properties streams,
            Supplier<? extends Deserializer<?>> valueDeserializers,
            Duration keepStateOfPrevious) {}

    /** @param onChange called on the installer thread after each installation */
    public ControlPlane(Source source, RuleCompiler compiler, CurrentImage current, Runnable onChange, Clock clock) {
        this.source = source;
        this.installer = new RulesetInstaller(compiler, source.keepStateOfPrevious());
        this.current = current;
        this.onChange = onChange;
        this.clock = clock;
        this.client = newClient();
    }

    private static ScheduledExecutorService installerThread() {
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "sluice-installer"));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return thread;
    }

    /** Returns when every control record of the topic is folded and installed. */
    public void start() {
        installerThread.execute(installer::warmUp);
        Client starting = client;
        starting.streams().start();
        starting.live().set(true);
        CompletableFuture.runAsync(() -> install(starting.journal()), installerThread)
                .join();
    }

    /** What the fold waits for, such as a registry; empty when it does not wait. */
    public String waitingFor() {
        return client.journal().waitingFor();
    }

    @Override
    public void close() {
        closing = true;
        close(client);
        installerThread.shutdown();
        try {
            if (!installerThread.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                installerThread.shutdownNow();
            }
        } catch (InterruptedException e) {
            installerThread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private Client newClient() {
        Deserializer<?> deserializer = source.valueDeserializers().get();
        AtomicBoolean live = new AtomicBoolean();
        ControlJournal journal =
                new ControlJournal(new ControlCodec(source.topic(), deserializer), j -> arrived(j, live));
        Topology topology = new Topology();
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(ControlLoader.STORE),
                                Serdes.ByteArray(),
                                Serdes.ByteArray())
                        .withLoggingDisabled(),
                "control-topic",
                Serdes.ByteArray().deserializer(),
                Serdes.ByteArray().deserializer(),
                source.topic(),
                "control-loader",
                (ProcessorSupplier<byte[], byte[], Void, Void>) () -> new ControlLoader(journal));
        KafkaStreams kafkaStreams = new KafkaStreams(topology, source.streams());
        Client created = new Client(kafkaStreams, journal, live);
        kafkaStreams.setStateListener((state, before) -> {
            if (state == KafkaStreams.State.ERROR && !closing) {
                LOG.error("the control client failed: it is built anew, and the rules in force stay");
                installerThread.execute(() -> rebuild(created));
            }
        });
        return created;
    }

    /** Called on the global thread for each record; while it restores, the image is not complete and is not installed. */
    private void arrived(ControlJournal journal, AtomicBoolean live) {
        if (live.get() && !closing) {
            installerThread.execute(() -> install(journal));
        }
    }

    /** Installs the newest image: of a burst of records the last one only. */
    private void install(ControlJournal journal) {
        ControlImage image = journal.image();
        Installation installed = current.read();
        Instant now = clock.instant();
        boolean fedEnough =
                installed.fedUntil().filter(until -> !until.isAfter(now)).isPresent();
        if (image.equals(installed.image()) && !fedEnough) {
            return;
        }
        try {
            Installation next = installer.install(installed, image, now);
            current.publish(next);
            next.fedUntil().ifPresent(until -> installAgain(journal, Duration.between(now, until)));
            logChanges(installed, next);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("installation failed: a bug in Sluice; the rules in force stay");
        }
        onChange.run();
    }

    private void installAgain(ControlJournal journal, Duration after) {
        var unused = installerThread.schedule(() -> install(journal), after.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("ReferenceEquality") // the client itself, not one that looks alike
    private void rebuild(Client failed) {
        if (failed != client) {
            return; // one that failed while it was built has been replaced already
        }
        while (!closing) {
            close(failed);
            try {
                Thread.sleep(REBUILD_PAUSE_MS);
                Client next = newClient();
                client = next;
                next.streams().start();
                next.live().set(true);
                install(next.journal());
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.atError().log("the control client did not start again: {}", e.getMessage());
                failed = client;
            }
        }
    }

    private static void close(Client client) {
        client.journal().close();
        client.streams()
                .close(CloseOptions.timeout(CLOSE_LIMIT)
                        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }

    private static void logChanges(Installation before, Installation now) {
        now.rulesets().forEach((name, of) -> {
            Installation.OfRuleset old = before.rulesets().get(name);
            if (of.running() != null && (old == null || old.running() != of.running())) {
                LOG.atInfo()
                        .addKeyValue("ruleset", name)
                        .addKeyValue("version", of.running().version())
                        .addKeyValue("rules", of.running().rules().size())
                        .log("ruleset installed");
            }
            for (RulesetImage.Refusal refusal : of.refused()) {
                if (old == null || !old.refused().contains(refusal)) {
                    LOG.atWarn()
                            .addKeyValue("ruleset", name)
                            .addKeyValue("version", refusal.version())
                            .addKeyValue("offset", refusal.offset())
                            .log(
                                    "version refused: {}",
                                    refusal.problems().get(0).message());
                }
            }
        });
        before.rulesets().forEach((name, of) -> {
            if (!now.rulesets().containsKey(name)) {
                LOG.atInfo().addKeyValue("ruleset", name).log("ruleset removed");
            }
        });
    }
}
