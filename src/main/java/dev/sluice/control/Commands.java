package dev.sluice.control;

import dev.sluice.deployment.Command;
import dev.sluice.deployment.Deployment;
import dev.sluice.schema.AuditEvent;
import dev.sluice.schema.AuditKind;
import dev.sluice.serde.SingleObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends commands to the decider, and waits for what it says to them.
 *
 * <p>Threading: confined to one thread.
 */
public final class Commands implements AutoCloseable {
    /** The code of an answer to a command that was carried out. */
    public static final String ACCEPTED = "accepted";

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SEND_LIMIT = Duration.ofSeconds(15);

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final AuditLog audit;
    private final Clock clock;

    /**
     * What somebody wants.
     *
     * @param actor who wants it
     * @param reason why; may be empty
     */
    public record Request(String ruleset, Command.Move move, String actor, String reason) {}

    /**
     * What became of it.
     *
     * @param code {@link #ACCEPTED}, or why it is refused: stable, for scripts
     * @param text of a refusal: which, why and what to do; of an accepted command: the deployment's state after it
     * @param version that the deployment is of, after it; empty where there is no deployment
     */
    public record Answer(String code, String text, Optional<Long> version) {
        public boolean isAccepted() {
            return code.equals(ACCEPTED);
        }
    }

    /** Where commands and answers are. */
    public record Topics(String commands, String audit) {}

    /**
     * Connects, and notes where the audit topic ends, so that no answer is missed.
     *
     * @param kafka client settings
     * @throws KafkaException when the cluster does not answer
     */
    public Commands(Topics topics, Map<String, String> kafka, Clock clock) {
        this.topic = topics.commands();
        this.clock = clock;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        this.audit = AuditLog.fromEnd(topics.audit(), kafka, SEND_LIMIT);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Sends one command. Without an answer within {@code limit} the result is empty; the command stands, and is answered when
     * an engine is there.
     *
     * @throws KafkaException when it could not be sent
     */
    public Optional<Answer> send(Request request, Duration limit) {
        Command command = new Command(
                UUID.randomUUID().toString(), new Deployment.Origin(request.actor(), request.reason()), request.move());
        send(request.ruleset(), command);
        long deadline = System.nanoTime() + limit.toNanos();
        do {
            for (AuditEvent event : audit.poll(POLL)) {
                if (event.getKind() == AuditKind.COMMAND && command.id().equals(event.getCommand())) {
                    return Optional.of(answer(event));
                }
            }
        } while (System.nanoTime() < deadline);
        return Optional.empty();
    }

    private void send(String ruleset, Command command) {
        byte[] key = ruleset.getBytes(StandardCharsets.UTF_8);
        byte[] value = SingleObject.encode(CommandCodec.record(ruleset, command, clock.instant()));
        try {
            producer.send(new ProducerRecord<>(topic, key, value)).get(SEND_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException("the command was not sent", e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("the command was not sent in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while sending a command", e);
        }
    }

    private static Answer answer(AuditEvent event) {
        boolean isAccepted = event.getCode().equals(ACCEPTED);
        return new Answer(
                event.getCode(),
                isAccepted ? event.getState() : event.getReason(),
                Optional.ofNullable(event.getVersion()));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
        audit.close();
    }
}
