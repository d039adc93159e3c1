package dev.sluice.app;

import dev.sluice.config.SluiceConfig;
import dev.sluice.engine.OutgoingAlert;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts in transactions, of which a ruleset's replays have one at a time: a later replay ends an earlier one before it
 * reads what is there.
 *
 * <p>Threading: confined to one thread.
 */
final class ReplaySender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplaySender.class);
    private static final int BATCH = 500;

    private final String ruleset;
    private final Producer<byte[], byte[]> producer;
    private int open;

    /** Ends a replay of the ruleset that is under way. */
    ReplaySender(SluiceConfig config, String ruleset) {
        this.ruleset = ruleset;
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, config.topics().names().prefix() + "-replay-" + ruleset);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "60000");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    void send(OutgoingAlert alert) {
        guarded(() -> {
            if (open == 0) {
                producer.beginTransaction();
            }
            open++;
            var unused = producer.send(alert.toProduce());
            if (open == BATCH) {
                commit();
            }
        });
    }

    /** Commits what was sent. */
    void finish() {
        guarded(this::commit);
    }

    private void commit() {
        if (open > 0) {
            producer.commitTransaction();
            open = 0;
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new KafkaException(
                    "another replay of " + ruleset + " began meanwhile: what this one had sent before stays", e);
        }
    }

    /** What was not committed is never seen. */
    @Override
    public void close() {
        if (open > 0) {
            abort();
        }
        producer.close();
    }

    /** Else it would stand open until it is too old, and hide what others send behind it. */
    private void abort() {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            LOG.atDebug().setCause(e).log("nothing left to abort");
        }
    }
}
