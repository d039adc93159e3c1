package dev.sluice.bench;

import dev.sluice.event.AvroEventTypes;
import dev.sluice.event.EncodedEvent;
import dev.sluice.event.EncodedEvents;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A payment of twelve fields from its bytes: Avro's whole record and projection, and events that stay in their bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
    private static final int EVENTS = 256;
    private static final List<String> FIELDS = List.of(
            field("id", "string"),
            field("account", "string"),
            field("amount", "double"),
            field("currency", "string"),
            field("country", "string"),
            field("merchant", "string"),
            field("at", "long"),
            field("card_present", "boolean"),
            field("recurring", "boolean"),
            field("risk", "double"),
            field("retries", "long"),
            field("channel", "string"));
    private static final Schema WRITER = schema(FIELDS);
    private static final Schema FOUR_FIELDS =
            schema(List.of(FIELDS.get(2), FIELDS.get(4), FIELDS.get(6), FIELDS.get(7)));
    private static final EventType TYPE = AvroEventTypes.eventType(WRITER);
    private static final int AMOUNT = TYPE.position("amount");
    private static final int COUNTRY = TYPE.position("country");
    private static final int AT = TYPE.position("at");
    private static final int CARD_PRESENT = TYPE.position("card_present");

    private final byte[][] messages = new byte[EVENTS][];
    private final DatumReader<GenericRecord> whole = new GenericDatumReader<>(WRITER);
    private final DatumReader<GenericRecord> projection = new GenericDatumReader<>(WRITER, FOUR_FIELDS);
    private final EncodedEvents encoded = EncodedEvents.of(TYPE, WRITER, WRITER).orElseThrow();
    private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

    private static String field(String name, String type) {
        return "{\"name\":\"" + name + "\",\"type\":\"" + type + "\"}";
    }

    private static Schema schema(List<String> fields) {
        return new Schema.Parser()
                .parse(fields.stream()
                        .collect(Collectors.joining(
                                ",", "{\"type\":\"record\",\"name\":\"Payment\",\"fields\":[", "]}")));
    }

    @Setup
    public void write() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < EVENTS; i++) {
            messages[i] = bytes(payment(random));
        }
    }

    private static GenericRecord payment(Random random) {
        GenericRecord payment = new GenericData.Record(WRITER);
        payment.put("id", "tx-" + random.nextInt(100_000_000));
        payment.put("account", "account-" + random.nextInt(1_000_000));
        payment.put("amount", random.nextDouble() * 1_000);
        payment.put("currency", random.nextBoolean() ? "EUR" : "USD");
        payment.put("country", random.nextBoolean() ? "AT" : "DE");
        payment.put("merchant", "merchant-" + random.nextInt(10_000));
        payment.put("at", 1_760_000_000_000L + random.nextInt());
        payment.put("card_present", random.nextBoolean());
        payment.put("recurring", random.nextBoolean());
        payment.put("risk", random.nextDouble());
        payment.put("retries", (long) random.nextInt(5));
        payment.put("channel", random.nextBoolean() ? "ecommerce" : "terminal");
        return payment;
    }

    private static byte[] bytes(GenericRecord payment) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(WRITER).write(payment, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void wholeRecord(Blackhole sink) throws IOException {
        for (byte[] message : messages) {
            decoder = DecoderFactory.get().binaryDecoder(message, decoder);
            sink.consume(whole.read(null, decoder));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void projectionOfFourFields(Blackhole sink) throws IOException {
        for (byte[] message : messages) {
            decoder = DecoderFactory.get().binaryDecoder(message, decoder);
            sink.consume(projection.read(null, decoder));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void walk(Blackhole sink) {
        for (byte[] message : messages) {
            sink.consume(event(message));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void walkAndFourFields(Blackhole sink) {
        for (byte[] message : messages) {
            Event event = event(message);
            sink.consume(event.doubleValue(AMOUNT));
            sink.consume(event.value(COUNTRY));
            sink.consume(event.longValue(AT));
            sink.consume(event.value(CARD_PRESENT));
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void walkAndAllFields(Blackhole sink) {
        for (byte[] message : messages) {
            Event event = event(message);
            for (int position = 0; position < FIELDS.size(); position++) {
                sink.consume(event.value(position));
            }
        }
    }

    private EncodedEvent event(byte[] message) {
        EncodedEvent event = encoded.read(message, 0);
        if (event == null) {
            throw new IllegalStateException("a payment as it was written is no payment");
        }
        return event;
    }
}
