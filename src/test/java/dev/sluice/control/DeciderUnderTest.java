package dev.sluice.control;

import dev.sluice.deployment.Command;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import dev.sluice.deployment.RuleBudget;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Digest;
import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.InstanceState;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.RefusedVersion;
import dev.sluice.schema.RuleFigures;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.schema.VersionFigures;
import dev.sluice.serde.SingleObject;
import dev.sluice.settings.SettingsInForce;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The decider's task without brokers: what it writes to the control topic is folded into the image that it reads. */
final class DeciderUnderTest implements AutoCloseable {
    static final String RULESET = "flights";
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final int VERSIONS_KEPT = 3;
    static final RuleBudget BUDGET = new RuleBudget(0.05, 20, 20, Duration.ofMinutes(1), Duration.ofSeconds(2));
    private static final SettingsInForce BY_DEFAULT = SettingsInForce.DEFAULT;
    private static final SettingsInForce OWN = new SettingsInForce(
            BY_DEFAULT.evaluationBudgetUs(), VERSIONS_KEPT, BY_DEFAULT.splits(), BUDGET, BY_DEFAULT.pace());

    private static final ControlPlane.Topics TOPICS = new ControlPlane.Topics("control", "commands", "status", "audit");

    private final Installations installations;
    private final List<AuditEvent> audit = new ArrayList<>();
    private final List<String> controlKeys = new ArrayList<>();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> commands;
    private final TestInputTopic<byte[], byte[]> status;
    private final TestOutputTopic<byte[], byte[]> control;
    private final TestOutputTopic<byte[], byte[]> audited;
    private int sent;

    DeciderUnderTest(EventTypes types) {
        this(types, new Installations(types));
    }

    /** @param installations what the instance has folded and installed already */
    DeciderUnderTest(EventTypes types, Installations installations) {
        this.installations = installations;
        Topology topology = new Topology();
        DeciderParts parts = new DeciderParts(
                installations.current()::read,
                () -> installations.current().read().image(),
                new RuleCompiler(types),
                new ControlPlane.Limits(Duration.ofHours(1), Duration.ofSeconds(45), OWN));
        ControlTopology.addDecider(topology, TOPICS, parts);
        driver = new TopologyTestDriver(topology, new Properties(), START);
        ByteArraySerializer bytes = new ByteArraySerializer();
        commands = driver.createInputTopic(TOPICS.commands(), bytes, bytes, START, Duration.ofMillis(1));
        status = driver.createInputTopic(TOPICS.status(), bytes, bytes, START, Duration.ofMillis(1));
        ByteArrayDeserializer read = new ByteArrayDeserializer();
        control = driver.createOutputTopic(TOPICS.control(), read, read);
        audited = driver.createOutputTopic(TOPICS.audit(), read, read);
    }

    Installation installation() {
        return installations.current().read();
    }

    Installations installations() {
        return installations;
    }

    void publish(long version, String source, @Nullable String strategy) {
        PublishedVersion published = new PublishedVersion(
                RULESET, version, source, Digest.of(source), strategy, "someone", "because", START);
        installations.apply(bytes(new ControlKey.OfVersion(RULESET, version).text()), ControlCodec.encode(published));
    }

    /** The instance that decides says what it installed. */
    void report(String instance) {
        report(instance, StatusReport.rulesets(installation(), List.of(), FiguresSource.NONE));
    }

    /** The same, with what a version and its rule {@code r} did since the start. */
    void reportFailures(String instance, long version, long evaluations, long errors) {
        VersionFigures figures = VersionFigures.newBuilder()
                .setVersion(version)
                .setEvaluations(evaluations)
                .setErrors(errors)
                .setTimeouts(0)
                .setAlerts(0)
                .setMeasured(0)
                .setNanos(0)
                .setRules(List.of(new RuleFigures("r", 0L, errors, 0L, 0L, 0L)))
                .build();
        report(instance, StatusReport.rulesets(installation(), List.of(), ruleset -> List.of(figures)));
    }

    Optional<Quarantine> quarantine(String rule) {
        return Optional.ofNullable(
                installation().image().quarantines().get(new ControlKey.OfQuarantine(RULESET, rule).text()));
    }

    /** An instance that could serve versions. */
    void reportPrepared(String instance, Long... versions) {
        RulesetStatus prepared = RulesetStatus.newBuilder()
                .setName(RULESET)
                .setPrepared(List.of(versions))
                .build();
        report(instance, List.of(prepared));
    }

    /** An instance that refuses a version. */
    void reportRefusal(String instance, long version, String why) {
        RulesetStatus refusing = RulesetStatus.newBuilder()
                .setName(RULESET)
                .setRefused(List.of(new RefusedVersion(
                        version,
                        0L,
                        List.of(dev.sluice.schema.ProblemRecord.newBuilder()
                                .setCode("code")
                                .setSeverity(dev.sluice.schema.Severity.ERROR)
                                .setRule(null)
                                .setLine(0)
                                .setColumn(0)
                                .setMessage(why)
                                .build()))))
                .build();
        report(instance, List.of(refusing));
    }

    private void report(String instance, List<RulesetStatus> rulesets) {
        InstanceStatus report = InstanceStatus.newBuilder()
                .setInstance(instance)
                .setApplication("test")
                .setHost("host")
                .setPid(1)
                .setBuild("test")
                .setStartedAt(START)
                .setReportedAt(START)
                .setHeartbeatMs(500)
                .setState(InstanceState.RUNNING)
                .setControlOffset(0)
                .setRulesets(rulesets)
                .build();
        status.pipeInput(bytes(instance), SingleObject.encode(report));
        drain();
    }

    void goodBye(String instance) {
        status.pipeInput(bytes(instance), (byte[]) null);
        drain();
    }

    /** Sends a command; what the decider says to it. */
    AuditEvent command(Command.Move move) {
        String id = "command-" + ++sent;
        Command command = new Command(id, new Deployment.Origin("operator", "asked"), move);
        return command(CommandCodec.record(RULESET, command, START));
    }

    /** Other settings for the fleet; null takes them back. */
    AuditEvent settings(@Nullable String text) {
        String id = "command-" + ++sent;
        Command command = new Command(id, new Deployment.Origin("operator", "asked"), new Command.Settings(text));
        return command(CommandCodec.record("", command, START));
    }

    AuditEvent command(dev.sluice.schema.Command command) {
        raw(SingleObject.encode(command));
        return audit.stream()
                .filter(event -> command.getId().equals(event.getCommand())
                        && event.getKind() == dev.sluice.schema.AuditKind.COMMAND)
                .findFirst()
                .orElseThrow();
    }

    void raw(byte[] command) {
        commands.pipeInput(bytes(RULESET), command);
        drain();
    }

    /** Time passes; the instances named go on reporting. */
    void pass(Duration time, String... instances) {
        Instant end = driverNow.plus(time);
        while (driverNow.isBefore(end)) {
            driver.advanceWallClockTime(Duration.ofMillis(100));
            driverNow = driverNow.plusMillis(100);
            drain();
            for (String instance : instances) {
                report(instance);
            }
        }
    }

    private Instant driverNow = START;

    private void drain() {
        for (KeyValue<byte[], byte[]> record : control.readKeyValuesToList()) {
            controlKeys.add(new String(record.key, StandardCharsets.UTF_8) + (record.value == null ? " deleted" : ""));
            installations.apply(record.key, record.value);
        }
        SingleObject codec = new SingleObject();
        audited.readValuesToList().forEach(value -> audit.add(codec.decode(value, AuditEvent.class)));
    }

    List<AuditEvent> audit() {
        return audit;
    }

    /** Keys of the records written to the control topic, in order. */
    List<String> controlKeys() {
        return controlKeys;
    }

    @Nullable Deployment deployment() {
        return installation().image().deployments().get(RULESET);
    }

    KeyValueStore<byte[], byte[]> store() {
        return driver.getKeyValueStore(DeciderProcessor.STORE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
    }
}
