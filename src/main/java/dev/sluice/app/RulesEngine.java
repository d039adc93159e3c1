package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.control.ControlPlane;
import dev.sluice.control.CurrentImage;
import dev.sluice.control.Installation;
import dev.sluice.control.StatusReport;
import dev.sluice.control.StatusReporter;
import dev.sluice.engine.DataPlane;
import dev.sluice.engine.WindowFigures;
import dev.sluice.engine.WindowSize;
import dev.sluice.engine.Workers;
import dev.sluice.schema.InstanceState;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.VersionFigures;
import dev.sluice.schema.WorkerStatus;
import dev.sluice.settings.SettingsInForce;
import dev.sluice.settings.SettingsInForce.Watch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine: the control plane, the data plane and the status reports of one instance, started and stopped in order.
 *
 * <ol>
 *   <li>The cluster is asked whether it is there and its topics are right.
 *   <li>The control plane folds the control topic and installs what it says.
 *   <li>It waits until the newest versions are decided about, so that one published while no engine ran decides about the
 *       first event.
 *   <li>Only then the data plane starts: the first event is evaluated with the complete image.
 * </ol>
 *
 * <p>The data plane runs only while this instance can serve every version that serves; else its partitions are others'.
 *
 * <p>Threading: {@link #start} and {@link #close} by the owner; {@link #current} and {@link #status} by anyone.
 */
public final class RulesEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RulesEngine.class);

    private final SluiceConfig config;
    /** Where the fleet's settings say nothing. */
    private final SettingsInForce own;

    private final Clock clock;
    private final StateFolder stateFolder;
    private final CurrentImage current = new CurrentImage();
    private final Workers workers;
    private final WindowFigures windows = new WindowFigures();
    private final StatusReporter reporter;
    private final ControlPlane control;
    private final DataPlane data;
    private final Instant startedAt;
    private volatile InstanceState phase = InstanceState.STARTING;

    private RulesEngine(SluiceConfig config, String clusterId, Clock clock) {
        this.config = config;
        this.own = EngineParts.settings(config);
        this.clock = clock;
        this.startedAt = clock.instant();
        this.stateFolder = StateFolder.claim(config.engine().stateDir(), config.instance(), clusterId);
        this.reporter = EngineParts.reporter(config, stateFolder.instance(), this::status);
        this.workers = new Workers(reporter, own);
        this.control = EngineParts.control(config, stateFolder, current, this::installed, clock);
        this.data = EngineParts.data(
                config,
                stateFolder,
                new DataPlane.Surroundings(stateFolder.instance(), current, workers, windows, reporter::changed));
    }

    /**
     * Starts an engine and returns when it evaluates with the complete image.
     *
     * @throws dev.sluice.topics.ClusterUnreachableException when no broker answers
     * @throws StateFolderException when the state folder cannot be written or belongs to another cluster
     * @throws dev.sluice.topics.TopicsRefusedException when a topic is missing or cannot be worked with
     */
    public static RulesEngine start(SluiceConfig config) {
        Cluster.checkTopics(config);
        RulesEngine engine = new RulesEngine(config, Cluster.id(config), Clock.systemUTC());
        try {
            engine.start();
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private void start() {
        reporter.start(this::reportsMs);
        control.start();
        settle();
        phase = InstanceState.RUNNING;
        if (current.read().isWhole()) {
            data.start();
        }
        LOG.atInfo()
                .addKeyValue("instance", instance())
                .addKeyValue("controlOffset", current.read().image().offset())
                .addKeyValue("rulesets", current.read().active().byName().size())
                .log("engine started");
    }

    /** While a version's health is watched, it should not be judged by old figures. */
    private long reportsMs() {
        Installation now = current.read();
        return now.settings().over(own).pace().reportsMs(now.image().isDeploying() ? Watch.ON : Watch.OFF);
    }

    private void settle() {
        Duration limit = Duration.ofMillis(config.engine().deployments().settleMs());
        if (!control.settle(limit)) {
            LOG.atWarn()
                    .addKeyValue("rulesets", current.read().image().undecided())
                    .log("not decided within {} ms: starting with what serves", limit.toMillis());
        }
    }

    /** On the installer thread, after each installation. */
    private void installed(Installation before, Installation now) {
        if (now.tellsLike(before)) {
            reporter.moved();
        } else {
            reporter.changed();
        }
        if (phase != InstanceState.RUNNING) {
            return;
        }
        if (now.isWhole()) {
            data.open();
        } else {
            data.shut();
        }
    }

    /** Id of this instance, unique in the fleet. */
    public String instance() {
        return stateFolder.instance();
    }

    /** What is installed now. */
    public Installation current() {
        return current.read();
    }

    /** What this instance reports of itself, now. */
    public InstanceStatus status() {
        Installation installation = current.read();
        List<Workers.Worker> evaluating = workers.list();
        List<Installation> read =
                evaluating.stream().map(Workers.Worker::lastRead).toList();
        Map<String, List<VersionFigures>> versions = workers.versionFigures();
        return InstanceStatus.newBuilder()
                .setInstance(instance())
                .setApplication(config.application())
                .setHost(hostName())
                .setPid(ProcessHandle.current().pid())
                .setBuild(Build.version())
                .setStartedAt(startedAt)
                .setReportedAt(clock.instant())
                .setHeartbeatMs(installation.settings().over(own).pace().heartbeatMs())
                .setState(state())
                .setStateReason(waitingFor())
                .setControlOffset(installation.image().offset())
                .setSettings(StatusReport.settingsRevision(installation, read))
                .setRulesets(StatusReport.rulesets(installation, read, name -> versions.getOrDefault(name, List.of())))
                .setUnreadable(StatusReport.unreadable(installation))
                .setWorkers(evaluating.stream().map(RulesEngine::worker).toList())
                .setWindows(WindowSizes.statuses(windows.sizes(), workers.lateByRule()))
                .setFigures(figures())
                .build();
    }

    private Map<String, Long> figures() {
        Map<String, Long> figures = new HashMap<>(workers.figures());
        figures.put("decides", control.decides() ? 1L : 0L);
        Collection<WindowSize> sizes = windows.sizes();
        figures.put("windowKeys", sizes.stream().mapToLong(WindowSize::keys).sum());
        figures.put("windowBytes", sizes.stream().mapToLong(WindowSize::bytes).sum());
        return figures;
    }

    /** How much window state this instance has, by rule. */
    public Collection<WindowSize> windowSizes() {
        return windows.sizes();
    }

    private static WorkerStatus worker(Workers.Worker worker) {
        return new WorkerStatus(
                worker.name(), worker.pool(), worker.partitions(), StatusReport.digests(worker.lastRead()));
    }

    private InstanceState state() {
        if (phase != InstanceState.RUNNING) {
            return waitingFor().isEmpty() || phase == InstanceState.STOPPING ? phase : InstanceState.WAITING;
        }
        KafkaStreams.State client = data.state();
        if (client == KafkaStreams.State.ERROR) {
            return InstanceState.FAILED;
        }
        if (!waitingFor().isEmpty()) {
            return InstanceState.WAITING;
        }
        return client == KafkaStreams.State.RUNNING ? InstanceState.RUNNING : InstanceState.STARTING;
    }

    private String waitingFor() {
        if (!control.waitingFor().isEmpty()) {
            return control.waitingFor();
        }
        String missing = phase == InstanceState.RUNNING ? current.read().missing() : "";
        return missing.isEmpty() ? data.waitingFor() : missing;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Finishes the events at hand, commits, leaves the groups and takes the instance off the status topic. */
    @Override
    public synchronized void close() {
        if (phase == InstanceState.STOPPING) {
            return;
        }
        phase = InstanceState.STOPPING;
        data.close();
        control.close();
        reporter.close();
        stateFolder.close();
        LOG.atInfo().addKeyValue("instance", instance()).log("engine stopped");
    }
}
