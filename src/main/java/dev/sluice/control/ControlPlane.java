package dev.sluice.control;

import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.settings.SettingsInForce;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control topic, folded and installed: a Kafka Streams client with a global store on the topic, and the thread that
 * installs each new image off the global thread and publishes it as {@link CurrentImage}. The client's one task, which one
 * instance of the fleet has, is the decider of deployments.
 *
 * <p>Threading: {@link #start} and {@link #close} by the owner; installing happens on the thread {@code
 * sluice-installer} alone, compiling on {@code sluice-compiler}.
 */
public final class ControlPlane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final long REBUILD_PAUSE_MS = 1000;

    private final Source source;
    private final RulesetInstaller installer;
    private final DeciderParts decider;
    private final CurrentImage current;
    private final Listener listener;
    private final Clock clock;
    private final ScheduledExecutorService installerThread = installerThread();
    private final ExecutorService compilerThread =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "sluice-compiler"));
    /** Confined to the installer thread. */
    private boolean isCompiling;
    /** Whether something was compiled that is not installed; confined to the installer thread. */
    private boolean hasCompiled;

    private volatile Client client;
    private volatile boolean closing;

    /** One Kafka Streams client with its fold; replaced as a whole when the client fails. */
    private record Client(KafkaStreams streams, ControlJournal journal, AtomicBoolean live) {}

    /**
     * Where the control records come from.
     *
     * @param streams settings of the Kafka Streams client, application id included
     * @param valueDeserializers for values in the Confluent wire format: one new deserializer a call
     * @param compilers one new compiler a call: none is shared by threads
     */
    public record Source(
            Topics topics,
            Properties streams,
            Supplier<? extends Deserializer<?>> valueDeserializers,
            Supplier<RuleCompiler> compilers) {}

    /** Is told of each installation, on the installer thread. */
    public interface Listener {
        /**
         * Something was installed.
         *
         * @param before what was installed until then; {@code now} itself where installing failed
         */
        void installed(Installation before, Installation now);
    }

    /** Names of the topics that are read and written. */
    public record Topics(String control, String commands, String status, String audit) {}

    /**
     * How long and how many.
     *
     * @param keepStateOfPrevious how long after a version the window state of the one before is fed
     * @param goneAfter silence after which an instance counts no more
     * @param settings what holds where the fleet's settings say nothing
     */
    public record Limits(Duration keepStateOfPrevious, Duration goneAfter, SettingsInForce settings) {}

    public ControlPlane(Source source, Limits limits, CurrentImage current, Listener listener, Clock clock) {
        this.source = source;
        this.installer = new RulesetInstaller(source.compilers().get(), limits.keepStateOfPrevious());
        this.decider =
                new DeciderParts(current::read, this::image, source.compilers().get(), limits);
        this.current = current;
        this.listener = listener;
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
        CompletableFuture.runAsync(() -> installWhole(starting), installerThread)
                .join();
    }

    /**
     * Waits until every ruleset's newest version is decided about and that is installed, at most {@code limit}. Returns whether
     * it is.
     */
    public boolean settle(Duration limit) {
        return current.await(installation -> installation.image().undecided().isEmpty(), limit);
    }

    /** Whether this instance is the one of the fleet that decides about deployments. */
    public boolean decides() {
        return client.streams().metadataForLocalThreads().stream()
                .anyMatch(thread -> !thread.activeTasks().isEmpty());
    }

    private ControlImage image() {
        return client.journal().image();
    }

    /** What the fold waits for, such as a registry; empty when it does not wait. */
    public String waitingFor() {
        return client.journal().waitingFor();
    }

    @Override
    public void close() {
        closing = true;
        close(client);
        compilerThread.shutdownNow();
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
                new ControlJournal(new ControlCodec(source.topics().control(), deserializer), j -> arrived(j, live));
        KafkaStreams kafkaStreams =
                new KafkaStreams(ControlTopology.of(source.topics(), journal, decider), source.streams());
        kafkaStreams.setUncaughtExceptionHandler(failure -> {
            LOG.atError().setCause(failure).log("the thread that decides about deployments failed and is replaced");
            // What fails at once again, a missing right say, should not fill the log.
            pause();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
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

    /** What the topic held at the start: only then anything may be evaluated. */
    private void installWhole(Client starting) {
        starting.live().set(true);
        install(starting.journal(), (installed, image) -> {
            Instant now = clock.instant();
            return new RulesetInstaller.Pass(installer.installWhole(installed, image, now), List.of());
        });
    }

    /** Installs of the newest image what is compiled, and has the rest compiled: of a burst of records the last one only. */
    private void install(ControlJournal journal) {
        install(journal, (installed, image) -> installer.install(installed, image, clock.instant()));
    }

    private void install(ControlJournal journal, BiFunction<Installation, ControlImage, RulesetInstaller.Pass> how) {
        ControlImage image = journal.image();
        Installation installed = current.read();
        Instant now = clock.instant();
        boolean fedEnough =
                installed.fedUntil().filter(until -> !until.isAfter(now)).isPresent();
        if (image.equals(installed.image()) && !fedEnough && !hasCompiled) {
            return;
        }
        hasCompiled = false;
        try {
            RulesetInstaller.Pass pass = how.apply(installed, image);
            Installation next = pass.installation();
            current.publish(next);
            next.fedUntil().ifPresent(until -> installAgain(Duration.between(now, until)));
            InstallationLog.changes(installed, next);
            pass.wanted().stream().findFirst().ifPresent(this::compile);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("installation failed: a bug in Sluice; the rules in force stay");
        }
        listener.installed(installed, current.read());
    }

    /** One at a time: what is wanted after it is asked for anew. */
    private void compile(RulesetImage.Accepted wanted) {
        if (isCompiling || closing) {
            return;
        }
        isCompiling = true;
        compilerThread.execute(() -> {
            installer.compile(wanted);
            if (!closing) {
                installerThread.execute(() -> {
                    isCompiling = false;
                    hasCompiled = true;
                    install(client.journal());
                });
            }
        });
    }

    private void installAgain(Duration after) {
        var unused =
                installerThread.schedule(() -> install(client.journal()), after.toMillis() + 1, TimeUnit.MILLISECONDS);
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

    private static void pause() {
        try {
            Thread.sleep(REBUILD_PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Client client) {
        client.journal().close();
        client.streams()
                .close(CloseOptions.timeout(CLOSE_LIMIT)
                        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
