package dev.sluice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.testing.BrokerUnderTest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {
    private static final String TOPIC = "letters";

    @TempDir
    Path folder;

    @BeforeAll
    static void keepTheTestJvmAlive() {
        BrokerUnderTest.refuseToHaltThisJvm();
    }

    @Test
    void commitsAndAbortsTransactions() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.temporary())) {
            createTopic(broker);
            try (KafkaProducer<String, String> producer = producer(broker, Map.of("transactional.id", "t"))) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "aborted")).get();
                producer.abortTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(TOPIC, "committed")).get();
                producer.commitTransaction();
            }
            assertThat(read(broker, 1)).containsExactly("committed");
        }
    }

    @Test
    void findsItsDataAgainInAKeptFolder() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.keptIn(folder))) {
            createTopic(broker);
            send(broker, "kept");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.keptIn(folder))) {
            assertThat(read(broker, 1)).containsExactly("kept");
        }
    }

    @Test
    void refusesAFolderThatAnotherBrokerHolds() {
        try (EmbeddedBroker first = EmbeddedBroker.start(BrokerOptions.keptIn(folder))) {
            assertThat(first.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatThrownBy(() -> EmbeddedBroker.start(BrokerOptions.keptIn(folder)))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("another embedded broker uses the folder")
                    .hasMessageContaining(folder.toString());
        }
    }

    @Test
    void refusesAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BrokerOptions options = BrokerOptions.keptIn(folder).withPort(taken.getLocalPort());
            assertThatThrownBy(() -> EmbeddedBroker.start(options))
                    .isInstanceOf(BrokerStartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
        assertThat(Files.exists(folder.resolve("logs"))).isFalse();
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored")
    void servesALivingClientAgainAfterARestartAtTheSamePort() throws Exception {
        EmbeddedBroker first = EmbeddedBroker.start(BrokerOptions.keptIn(folder));
        createTopic(first);
        Map<String, Object> patient = Map.of("delivery.timeout.ms", 60_000, "request.timeout.ms", 2_000);
        try (first;
                KafkaProducer<String, String> producer = producer(first, patient)) {
            producer.send(new ProducerRecord<>(TOPIC, "before")).get();
            first.close();
            // A client that has lost its metadata blocks in send, so the send needs a thread of its own.
            var whileDown =
                    CompletableFuture.supplyAsync(() -> producer.send(new ProducerRecord<>(TOPIC, "while down")));
            BrokerOptions samePort = BrokerOptions.keptIn(folder).withPort(first.port());
            try (EmbeddedBroker second = EmbeddedBroker.start(samePort)) {
                whileDown.get(30, TimeUnit.SECONDS).get(30, TimeUnit.SECONDS);
                assertThat(read(second, 2)).containsExactly("before", "while down");
            }
        }
    }

    @Test
    void twoBrokersLiveInOneJvm() throws Exception {
        try (EmbeddedBroker one = EmbeddedBroker.start(BrokerOptions.temporary());
                EmbeddedBroker two = EmbeddedBroker.start(BrokerOptions.temporary())) {
            createTopic(one);
            createTopic(two);
            send(two, "to the second");
            assertThat(read(two, 1)).containsExactly("to the second");
            assertThat(read(one, 0)).isEmpty();
        }
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Set.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void send(EmbeddedBroker broker, String text) throws Exception {
        try (KafkaProducer<String, String> producer = producer(broker, Map.of())) {
            producer.send(new ProducerRecord<>(TOPIC, text)).get();
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedBroker broker, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static List<String> read(EmbeddedBroker broker, int wanted) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(Set.of(partition));
            consumer.seekToBeginning(Set.of(partition));
            long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            List<String> values = new ArrayList<>();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
                return values.size() >= wanted && consumer.position(partition) >= end;
            });
            return values;
        }
    }
}
