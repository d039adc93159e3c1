package dev.sluice.bench;

import dev.sluice.app.EngineParts;
import dev.sluice.config.SluiceConfig;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;

/** What one would write with the Kafka Streams DSL: count and sum of payments by account and window, with a changelog. */
final class WindowApplication implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String STORE = "totals";

    private final KafkaStreams client;

    /** Count and sum of one window. */
    private record Total(long count, double sum) {}

    private static final Serde<Total> TOTALS = Serdes.serdeFrom(serializer(), deserializer());

    WindowApplication(SluiceConfig config, Path stateFolder, WindowStreamBenchmark.Shape shape) {
        client = new KafkaStreams(topology(config, shape), HandWrittenApplication.settings(config, stateFolder));
    }

    private static Serializer<Total> serializer() {
        return (topic, total) -> ByteBuffer.allocate(16)
                .putLong(total.count())
                .putDouble(total.sum())
                .array();
    }

    private static Deserializer<Total> deserializer() {
        return (topic, bytes) -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new Total(buffer.getLong(), buffer.getDouble());
        };
    }

    void start() {
        client.start();
    }

    private static Topology topology(SluiceConfig config, WindowStreamBenchmark.Shape shape) {
        Serde<Object> values = EngineParts.serde(config);
        TimeWindows windows = TimeWindows.ofSizeAndGrace(shape.size(), GRACE).advanceBy(shape.every());
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        config.topics().events().get(0).topic().name(),
                        Consumed.<byte[], Object>with(Serdes.ByteArray(), values)
                                .withTimestampExtractor(
                                        (record, time) -> (Long) ((GenericRecord) record.value()).get("paid_at")))
                .groupByKey(Grouped.with(Serdes.ByteArray(), values))
                .windowedBy(windows)
                .aggregate(
                        () -> new Total(0, 0),
                        (key, payment, total) -> add(total, (GenericRecord) payment),
                        Named.as("totals-of-windows"),
                        Materialized.<byte[], Total>as(store(shape))
                                .withKeySerde(Serdes.ByteArray())
                                .withValueSerde(TOTALS))
                .toStream()
                .filter((window, total) -> total.count() > WindowStreamBenchmark.NEVER)
                .map((Windowed<byte[]> window, Total total) ->
                        new org.apache.kafka.streams.KeyValue<>(window.key(), total))
                .to(config.topics().names().alerts(), Produced.with(Serdes.ByteArray(), TOTALS));
        return builder.build();
    }

    private static WindowBytesStoreSupplier store(WindowStreamBenchmark.Shape shape) {
        Duration kept = shape.size().plus(GRACE);
        return shape.store().equals("memory")
                ? Stores.inMemoryWindowStore(STORE, kept, shape.size(), false)
                : Stores.persistentWindowStore(STORE, kept, shape.size(), false);
    }

    private static Total add(Total total, GenericRecord payment) {
        return new Total(total.count() + 1, total.sum() + (double) payment.get("amount"));
    }

    @Override
    public void close() {
        client.close(CLOSE_LIMIT);
    }
}
