package dev.sluice.control;

import dev.sluice.deployment.Command;
import dev.sluice.deployment.Decider;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.QuarantineDecision;
import dev.sluice.deployment.Situation;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decider of the fleet: takes in commands and reports, looks at the deployments ten times a second, and writes what is
 * decided. Its fold, its answers and its control records are one transaction with the positions read.
 *
 * <p>No input makes it fail: a record that cannot be read is logged, a command that means nothing is refused.
 *
 * <p>Threading: one exists in the fleet, on the stream thread of one instance's control client.
 */
final class DeciderProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    static final String STORE = "deployments";

    private static final Logger LOG = LoggerFactory.getLogger(DeciderProcessor.class);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

    private final ControlPlane.Topics topics;
    private final DeciderParts parts;
    private final SingleObject codec = new SingleObject();
    private ProcessorContext<byte[], byte[]> context;
    private DeciderStore store;
    private FleetReports fleet;
    private DeciderOutput output;
    private SettingsDesk settings;
    private Candidates candidates;
    private TopicAgreement agreement;
    private Quarantines quarantines;

    @SuppressWarnings("NullAway.Init") // set by init, which Kafka Streams calls first
    DeciderProcessor(ControlPlane.Topics topics, DeciderParts parts) {
        this.topics = topics;
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.store = new DeciderStore(context.getStateStore(STORE));
        this.fleet = new FleetReports(parts.limits().goneAfter(), now());
        store.instances().values().forEach(status -> fleet.heard(status, now()));
        this.output = new DeciderOutput(context, store);
        this.settings = new SettingsDesk(store, output, parts.limits().settings());
        this.candidates = new Candidates(parts.installation(), parts.compiler(), settings::templates);
        this.agreement = new TopicAgreement(parts, store, output, ruleset -> situation(ruleset, now()));
        this.quarantines = new Quarantines(parts, store, fleet, output);
        context.schedule(LOOK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, time -> look());
        LOG.atInfo()
                .addKeyValue("deployments", store.deployments().size())
                .addKeyValue("instances", store.instances().size())
                .log("this instance decides about deployments");
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata from = context.recordMetadata().orElseThrow();
        if (record.key() == null) {
            LOG.atWarn()
                    .addKeyValue("topic", from.topic())
                    .addKeyValue("offset", from.offset())
                    .log("no key: skipped");
        } else if (from.topic().equals(topics.status())) {
            report(new String(record.key(), StandardCharsets.UTF_8), record.value());
        } else if (record.value() != null && store.isNew(from.offset(), record.timestamp())) {
            store.answered(from.offset(), record.timestamp());
            command(record.value(), from);
        }
    }

    private void report(String instance, byte @Nullable [] value) {
        if (value == null) {
            fleet.forget(instance);
            store.forget(instance);
            return;
        }
        try {
            InstanceStatus status = codec.decode(value, InstanceStatus.class);
            fleet.heard(status, now());
            store.heard(instance, FleetReports.reduced(status));
        } catch (SerializationException e) {
            LOG.atWarn().addKeyValue("instance", instance).log("a report cannot be read: {}", e.getMessage());
            return;
        }
        look();
    }

    private void look() {
        Instant now = now();
        for (String gone : fleet.gone(now)) {
            LOG.atWarn().addKeyValue("instance", gone).log("silent for too long: it counts no more");
            fleet.forget(gone);
            store.forget(gone);
        }
        agreement.check(now);
        Set<String> rulesets = new TreeSet<>(store.deployments().keySet());
        rulesets.addAll(parts.installation().get().image().rulesets().keySet());
        rulesets.forEach(ruleset -> look(ruleset, now));
        quarantines.rulesets().forEach(ruleset -> lookAtRules(ruleset, now));
    }

    private void look(String ruleset, Instant now) {
        Deployment deployment = store.deployment(ruleset).orElse(null);
        if (deployment != null) {
            fleet.mark(ruleset, now);
        }
        decided(ruleset, () -> Decider.look(deployment, candidates.newest(situation(ruleset, now))))
                .ifPresent(decision -> output.write(ruleset, decision, now));
    }

    private void lookAtRules(String ruleset, Instant now) {
        decided(ruleset, () -> quarantines.look(ruleset, now))
                .ifPresent(decision -> quarantines.write(ruleset, decision, now));
    }

    /** What fails here is a bug of ours; it must not end the task, and with it all deployments. Writing may fail. */
    private static <D> Optional<D> decided(String ruleset, Supplier<D> decision) {
        try {
            return Optional.of(decision.get());
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("ruleset", ruleset).log("not decided: a bug in Sluice");
            return Optional.empty();
        }
    }

    private void command(byte[] value, RecordMetadata from) {
        dev.sluice.schema.Command record;
        try {
            record = codec.decode(value, dev.sluice.schema.Command.class);
        } catch (SerializationException e) {
            LOG.atWarn().addKeyValue("offset", from.offset()).log("a command cannot be read: {}", e.getMessage());
            return;
        }
        Instant now = now();
        Optional<Command> command = CommandCodec.of(record);
        if (command.isEmpty()) {
            output.refuse(record, "unknown-move", "this engine knows no move '" + record.getMove() + "'", now);
        } else if (command.get().move() instanceof Command.Settings asked) {
            settings.answer(record, asked.text(), now);
        } else if (!isKnown(record.getRuleset())) {
            output.refuse(
                    record,
                    "unknown-ruleset",
                    "there is no ruleset '" + record.getRuleset() + "': publish it first",
                    now);
        } else {
            command(record, command.get(), now);
        }
    }

    private void command(dev.sluice.schema.Command record, Command command, Instant now) {
        String ruleset = record.getRuleset();
        if (command.move() instanceof Command.Release release) {
            Optional<QuarantineDecision> decision =
                    decided(ruleset, () -> quarantines.release(ruleset, release, command.origin(), now));
            decision.ifPresentOrElse(done -> quarantines.answer(record, done, now), () -> failed(record, now));
            return;
        }
        Deployment deployment = store.deployment(ruleset).orElse(null);
        decided(
                        ruleset,
                        () -> Decider.command(
                                deployment, command, candidates.of(situation(ruleset, now), command.move())))
                .ifPresentOrElse(decision -> output.answer(record, decision, now), () -> failed(record, now));
    }

    private void failed(dev.sluice.schema.Command record, Instant now) {
        output.refuse(record, "internal-error", "the engine failed: its log says why", now);
    }

    private boolean isKnown(String ruleset) {
        return store.deployment(ruleset).isPresent()
                || parts.image().get().rulesets().containsKey(ruleset);
    }

    /** Without candidates. */
    private Situation situation(String ruleset, Instant now) {
        int splits = (int) store.deployments().values().stream()
                .filter(other ->
                        !other.ruleset().equals(ruleset) && other.routing().candidate() != null)
                .count();
        return new Situation(
                ruleset,
                now,
                Candidates.NONE,
                fleet.view(ruleset, store.deployment(ruleset).orElse(null)),
                fleet.history(ruleset),
                splits,
                settings.inForce().splits());
    }
}
