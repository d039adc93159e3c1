package dev.sluice.engine;

import dev.sluice.config.EventTopic;
import dev.sluice.config.TopicsConfig;
import dev.sluice.config.WindowsConfig;
import dev.sluice.control.CurrentImage;
import dev.sluice.evaluation.PoolFigures;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event topics through the current rulesets to alerts and dead letters: one Kafka Streams client, built anew when it
 * fails.
 *
 * <p>Threading: {@link #start} and {@link #close} by the owner, {@link #open} and {@link #shut} by anyone; a client is replaced
 * on the thread {@code sluice-supervisor}.
 */
public final class DataPlane implements AutoCloseable {
    /** The pool of rules that name none. */
    public static final String MAIN_POOL = "main";

    private static final Logger LOG = LoggerFactory.getLogger(DataPlane.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final long REBUILD_PAUSE_MS = 2000;

    private final Client parts;
    private final RegistryWatch registry;
    private final Runnable onChange;
    private final ExecutorService supervisor =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "sluice-supervisor"));
    private volatile KafkaStreams client;
    private volatile boolean closing;
    /** Whether it is to evaluate; guarded by this. */
    private boolean open;

    /**
     * How values are read and written.
     *
     * @param deserializers the deserializer for a task that reads the given event topic; a new one, or one for all threads
     */
    public record Serdes(Function<EventTopic, Deserializer<?>> deserializers, Serializer<Object> serializer) {}

    /**
     * What the plane works with.
     *
     * @param instance id of this instance
     * @param windows told how much window state there is
     * @param onChange called when the client's state changes
     */
    public record Surroundings(
            String instance, CurrentImage current, Workers workers, WindowFigures windows, Runnable onChange) {}

    /**
     * How the plane runs.
     *
     * @param streams settings of the Kafka Streams client, application id included
     */
    public record Settings(Properties streams, WindowsConfig windows) {}

    /** A data plane for all event topics. */
    public static DataPlane of(TopicsConfig topics, Serdes serdes, Settings settings, Surroundings surroundings) {
        Workers workers = surroundings.workers();
        Backlog backlog = new Backlog();
        PoolGauge gauge = nowMs -> new PoolFigures(workers.active(nowMs), backlog.records(), workers.events());
        RegistryWatch registry = new RegistryWatch(surroundings.onChange());
        EvaluateParts parts = new EvaluateParts(
                surroundings.current(),
                serdes.serializer(),
                new DeadLetters(surroundings.instance()),
                workers,
                registry,
                topics.names(),
                settings.windows(),
                surroundings.windows(),
                new Timers(surroundings.instance(), gauge));
        Supplier<Topology> topology = () -> new DataTopology(topics, serdes.deserializers(), parts);
        return new DataPlane(new Client(topology, settings.streams(), backlog), registry, surroundings.onChange());
    }

    /**
     * What a Kafka Streams client is made from.
     *
     * @param topology a new one for each client
     * @param backlog told of each client
     */
    private record Client(Supplier<Topology> topology, Properties settings, Backlog backlog) {
        KafkaStreams create() {
            KafkaStreams created = new KafkaStreams(topology.get(), settings);
            backlog.follow(created);
            return created;
        }
    }

    private DataPlane(Client parts, RegistryWatch registry, Runnable onChange) {
        this.parts = parts;
        this.registry = registry;
        this.onChange = onChange;
        this.client = newClient();
    }

    /**
     * The topic through which events go to the task that has their key.
     *
     * @param group application id of the plane
     */
    public static String handoverTopic(String group) {
        return group + "-" + DataTopology.HANDOVER_TOPIC;
    }

    /** Joins the group and returns; evaluation begins as partitions come. */
    public synchronized void start() {
        if (closing || open) {
            return;
        }
        open = true;
        if (client.state() != KafkaStreams.State.CREATED) {
            client = newClient();
        }
        client.start();
    }

    /** Starts soon, if it does not run. */
    public void open() {
        later(this::start);
    }

    /** Leaves the group soon, so that others take over the partitions; {@link #open} brings it back. */
    public void shut() {
        later(this::stop);
    }

    private synchronized void stop() {
        if (open) {
            open = false;
            leave(client);
        }
    }

    private void later(Runnable task) {
        try {
            supervisor.execute(task);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile.
        }
    }

    public KafkaStreams.State state() {
        return client.state();
    }

    /** Why events wait, such as a registry that does not answer; empty when they do not. */
    public String waitingFor() {
        return registry.waitingFor();
    }

    @Override
    public void close() {
        closing = true;
        registry.close();
        supervisor.shutdownNow();
        leave(client);
    }

    private KafkaStreams newClient() {
        KafkaStreams created = parts.create();
        created.setUncaughtExceptionHandler(failure -> {
            LOG.atError().setCause(failure).log("a stream thread failed and is replaced");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        created.setStateListener((state, before) -> {
            onChange.run();
            if (state == KafkaStreams.State.ERROR && !closing) {
                LOG.error("the data client failed: it is built anew");
                later(() -> rebuild(created));
            }
        });
        return created;
    }

    private void rebuild(KafkaStreams failed) {
        leave(failed);
        try {
            Thread.sleep(REBUILD_PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        startAnew(failed);
    }

    @SuppressWarnings("ReferenceEquality") // the client itself, not one that looks alike
    private synchronized void startAnew(KafkaStreams failed) {
        if (!closing && open && client == failed) {
            client = newClient();
            client.start();
        }
    }

    private static void leave(KafkaStreams client) {
        client.close(CloseOptions.timeout(CLOSE_LIMIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
