package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;

final class CachingRegistryTest {
    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final Schema LONG = Schema.create(Schema.Type.LONG);

    private final InProcessRegistry held = new InProcessRegistry();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final SchemaRegistry registry = new CachingRegistry(new Counting(), new CacheBounds(2, 1_000), nanos::get);

    @Test
    void asksForAnIdOnce() {
        int id = held.register("s", SchemaText.of("\"string\""));
        assertThat(registry.byId(id)).isEqualTo(STRING);
        assertThat(registry.byId(id)).isEqualTo(STRING);
        assertThat(calls).hasValue(1);
    }

    @Test
    void asksForAnUnknownIdAgainOnlyWhenItsTimeIsOver() {
        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(UnknownSchemaException.class);
        held.register("s", SchemaText.of("\"string\""));
        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(UnknownSchemaException.class);
        assertThat(calls).hasValue(1);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_000));
        assertThat(registry.byId(1)).isEqualTo(STRING);
    }

    @Test
    void remembersTheLatestVersionForAShortTime() {
        held.register("s", SchemaText.of("\"string\""));
        assertThat(registry.latest("s").version()).isEqualTo(1);
        held.register("s", SchemaText.of("\"long\""));
        assertThat(registry.latest("s").version()).isEqualTo(1);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_000));
        assertThat(registry.latest("s")).isEqualTo(new RegisteredSchema("s", 2, 2, LONG));
    }

    @Test
    void forgetsEntriesBeyondItsBound() {
        BoundedCache<Integer, String> cache = new BoundedCache<>(10);
        for (int i = 0; i < 1_000; i++) {
            assertThat(cache.get(i, key -> "value " + key)).isEqualTo("value " + i);
        }
        assertThat(cache.size()).isLessThanOrEqualTo(10);
    }

    @Test
    void anInterruptOfTheLoadingThreadDoesNotReachThoseThatWait() throws Exception {
        BoundedCache<String, String> cache = new BoundedCache<>(10);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Thread first = new Thread(() -> assertThatThrownBy(() -> cache.get("k", () -> {
                    loading.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new InterruptException(e);
                    }
                    return "first";
                }))
                .isInstanceOf(InterruptException.class));
        first.start();
        loading.await();
        FutureTask<String> waiting = new FutureTask<>(() -> cache.get("k", () -> "second"));
        Thread second = new Thread(waiting);
        second.start();
        await().until(() -> second.getState() == Thread.State.WAITING);
        first.interrupt();
        assertThat(waiting.get()).isEqualTo("second");
        first.join();
    }

    @Test
    void resolvesReferencesOfReferences() {
        held.register("a", SchemaText.of(record("A", "int")));
        held.register("b", new SchemaText(record("B", "x.A"), List.of(new SchemaReference("x.A", "a", 1))));
        int id = held.register(
                "c",
                new SchemaText(
                        "{\"type\":\"record\",\"name\":\"C\",\"namespace\":\"x\",\"fields\":["
                                + "{\"name\":\"b\",\"type\":\"x.B\"},{\"name\":\"a\",\"type\":\"x.A\"}]}",
                        List.of(new SchemaReference("x.B", "b", 1), new SchemaReference("x.A", "a", 1))));
        Schema schema = registry.byId(id);
        assertThat(schema.getField("b").schema().getField("f").schema().getFullName())
                .isEqualTo("x.A");
        assertThat(schema.getField("a").schema().getField("f").schema()).isEqualTo(Schema.create(Schema.Type.INT));
    }

    @Test
    void registersAndLooksUpOncePerSubjectAndSchema() {
        assertThat(registry.register("s", STRING)).isEqualTo(1);
        assertThat(registry.register("s", Schema.create(Schema.Type.STRING))).isEqualTo(1);
        assertThat(registry.idOf("s", STRING)).isEqualTo(1);
        assertThat(registry.idOf("s", STRING)).isEqualTo(1);
        assertThat(calls).hasValue(2);
        assertThatThrownBy(() -> registry.idOf("s", LONG)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> registry.idOf("t", STRING)).isInstanceOf(UnknownSchemaException.class);
    }

    private static String record(String name, String type) {
        return "{\"type\":\"record\",\"name\":\"" + name
                + "\",\"namespace\":\"x\",\"fields\":[{\"name\":\"f\",\"type\":\"" + type + "\"}]}";
    }

    /** Passes calls on and counts them. */
    private final class Counting implements RegistryBackend {
        @Override
        public int register(String subject, SchemaText schema) {
            calls.incrementAndGet();
            return held.register(subject, schema);
        }

        @Override
        public int find(String subject, SchemaText schema) {
            calls.incrementAndGet();
            return held.find(subject, schema);
        }

        @Override
        public SchemaText byId(int id) {
            calls.incrementAndGet();
            return held.byId(id);
        }

        @Override
        public SchemaText byGuid(UUID guid) {
            calls.incrementAndGet();
            return held.byGuid(guid);
        }

        @Override
        public SubjectVersion version(String subject, int version) {
            return held.version(subject, version);
        }

        @Override
        public SubjectVersion latest(String subject) {
            calls.incrementAndGet();
            return held.latest(subject);
        }
    }
}
