package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.app.EventSender;
import dev.sluice.app.Publication;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.SluiceConfig;
import dev.sluice.control.RulesetImage;
import dev.sluice.ruleset.Digest;
import dev.sluice.schema.InstanceState;
import dev.sluice.schema.RulesetVersion;
import dev.sluice.serde.AvroSerializer;
import dev.sluice.testing.CommandRun;
import dev.sluice.testing.ControlWriter;
import dev.sluice.testing.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The schema registry is away: at the start, later, and for control records. */
class RegistryOutageIT {

    @Test
    void anEngineStartsWithoutItAndItsEventsWait() {
        try (Sandbox sandbox = Sandbox.create()) {
            try (Publication publication = new Publication(sandbox.config("publisher"))) {
                sandbox.publishUnwaited(publication, OneVersionEach.RULESET, OneVersionEach.rules(1));
            }
            send(sandbox, 0, 300);
            sandbox.stopRegistry();

            RulesEngine engine = sandbox.start("without");
            assertThat(engine.current().active().byName()).containsKey(OneVersionEach.RULESET);
            awaitState(engine, InstanceState.WAITING);
            Awaitility.await().atMost(Sandbox.LIMIT).untilAsserted(() -> {
                JsonNode status = CommandRun.in(sandbox, "status", "--output", "json")
                        .json()
                        .path("instances")
                        .path(0);
                assertThat(status.path("state").asText()).isEqualTo("WAITING");
                assertThat(status.path("stateReason").asText()).contains("schema registry", "127.0.0.1");
            });

            sandbox.startRegistry();
            sandbox.awaitEvaluated();
            OneVersionEach.assertExact(sandbox.alerts(), 300);
            assertThat(deadLetters(sandbox)).isZero();
            awaitState(engine, InstanceState.RUNNING);
        }
    }

    @Test
    void knownSchemasFlowOnWhileANewOneWaits() throws Exception {
        try (Sandbox sandbox = Sandbox.create()) {
            RulesEngine engine = sandbox.start("known");
            sandbox.publish(OneVersionEach.RULESET, OneVersionEach.rules(1));
            try (EventSender known = sandbox.sender();
                    AvroSerializer newer = new AvroSerializer();
                    Producer<byte[], byte[]> producer = producer(sandbox)) {
                known.send(sandbox.flight(0, 0));
                known.flush();
                sandbox.awaitEvaluated();
                newer.configure(sandbox.config("newer").serde(), false);
                newer.serialize(sandbox.flights().topic().name(), evolvedFlight(sandbox, 0));
                sandbox.stopRegistry();

                for (int number = 1; number < 300; number++) {
                    known.send(sandbox.flight(number, number % 60));
                }
                known.flush();
                sandbox.awaitEvaluated();
                // A rebalance may still be under way; while an event waits for the registry it would not get there.
                awaitState(engine, InstanceState.RUNNING);

                for (int number = 300; number < 1200; number++) {
                    if (number % 50 == 0) {
                        producer.send(evolvedRecord(sandbox, newer, number)).get();
                    } else {
                        known.send(sandbox.flight(number, number % 60));
                    }
                }
                known.flush();
            }
            awaitState(engine, InstanceState.WAITING);
            sandbox.startRegistry();
            sandbox.awaitEvaluated();

            OneVersionEach.assertExact(sandbox.alerts(), 1200);
            assertThat(deadLetters(sandbox)).isZero();
            awaitState(engine, InstanceState.RUNNING);
        }
    }

    @Test
    void aControlRecordThatNeedsItHoldsTheNextOnesBackInOrder() {
        try (Sandbox sandbox = Sandbox.create();
                ControlWriter writer = new ControlWriter(sandbox.config("writer"))) {
            RulesEngine engine = sandbox.start("folding");
            byte[] confluent = confluent(sandbox.config("writer"), 1);
            sandbox.stopRegistry();

            writer.write("ruleset/" + OneVersionEach.RULESET + "/1", confluent);
            long last = writer.version(OneVersionEach.RULESET, 2, OneVersionEach.rules(2));
            awaitState(engine, InstanceState.WAITING);
            assertThat(engine.status().getStateReason()).contains("schema registry");
            assertThat(engine.current().image().rulesets()).isEmpty();

            sandbox.startRegistry();
            Awaitility.await()
                    .atMost(Sandbox.LIMIT)
                    .until(() -> engine.current().image().offset() >= last);
            RulesetImage folded = engine.current().image().rulesets().get(OneVersionEach.RULESET);
            assertThat(folded.accepted())
                    .extracting(accepted -> accepted.published().version())
                    .containsExactly(1L, 2L);
            assertThat(folded.refused()).isEmpty();
            awaitState(engine, InstanceState.RUNNING);
        }
    }

    private static void send(Sandbox sandbox, int from, int to) {
        try (EventSender sender = sandbox.sender()) {
            for (int number = from; number < to; number++) {
                sender.send(sandbox.flight(number, number % 60));
            }
            sender.flush();
        }
    }

    private static void awaitState(RulesEngine engine, InstanceState state) {
        Awaitility.await().atMost(Sandbox.LIMIT).until(() -> engine.status().getState() == state);
    }

    private static long deadLetters(Sandbox sandbox) {
        return sandbox.records(sandbox.config("reader").topics().names().deadLetters());
    }

    private static byte[] confluent(SluiceConfig config, long version) {
        String source = OneVersionEach.rules(version);
        try (AvroSerializer serializer = new AvroSerializer()) {
            serializer.configure(config.serde(), false);
            return serializer.serialize(
                    config.topics().names().control(),
                    new RulesetVersion(
                            OneVersionEach.RULESET,
                            version,
                            source,
                            Digest.of(source),
                            null,
                            "writer",
                            "",
                            Instant.now()));
        }
    }

    private static Producer<byte[], byte[]> producer(Sandbox sandbox) {
        return new KafkaProducer<>(
                new HashMap<String, Object>(sandbox.config("producer").kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A flight of producers that have added a field to the schema. */
    private static ProducerRecord<byte[], byte[]> evolvedRecord(Sandbox sandbox, AvroSerializer newer, int number) {
        GenericRecord flight = evolvedFlight(sandbox, number);
        String topic = sandbox.flights().topic().name();
        byte[] key = flight.get("origin").toString().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, null, (Long) flight.get("departed_at"), key, newer.serialize(topic, flight));
    }

    private static Schema evolved(Schema schema) {
        Schema more = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false);
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("gate", SchemaBuilder.builder().stringType(), null, ""));
        more.setFields(fields);
        return more;
    }

    private static GenericRecord evolvedFlight(Sandbox sandbox, int number) {
        GenericRecord plain = sandbox.flight(number, number % 60);
        GenericRecord flight = new GenericData.Record(evolved(plain.getSchema()));
        plain.getSchema().getFields().forEach(field -> flight.put(field.name(), plain.get(field.pos())));
        flight.put("gate", "B" + number);
        return flight;
    }
}
