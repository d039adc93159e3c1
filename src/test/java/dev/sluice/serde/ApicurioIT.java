package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our serde against a registry that others wrote. */
@Timeout(180)
final class ApicurioIT {
    private static final Schema VERSION_1 = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\",\"fields\":["
                    + "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"amount\",\"type\":\"int\"}]}");
    private static final Schema VERSION_2 = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\",\"fields\":["
                    + "{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"amount\",\"type\":\"long\"},"
                    + "{\"name\":\"tag\",\"type\":[\"null\",\"string\"],\"default\":null}]}");

    private static ApicurioProcess apicurio;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = ApicurioProcess.program();
        assumeTrue(
                program.isPresent(),
                "Apicurio Registry is not in target/apicurio: run mvn verify, or mvn dependency:unpack@apicurio");
        apicurio = ApicurioProcess.start(program.orElseThrow()).awaitReady();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (apicurio != null) {
            apicurio.close();
        }
    }

    @Test
    void aColdClientReadsWhatAnotherOneRegistered() {
        GenericRecord order = order("o-1", 12);
        byte[] bytes = serializer(Map.of()).serialize("orders", order);
        assertThat(bytes[0]).isZero();
        assertThat(deserializer(Map.of()).deserialize("orders", bytes)).isEqualTo(order);
        assertThat(registry().latest("orders-value").id()).isEqualTo(idIn(bytes));
        assertThat(registry().latest("orders-value").schema()).isEqualTo(VERSION_1);
    }

    @Test
    void primitivesHaveSchemasToo() {
        byte[] bytes = serializer(Map.of()).serialize("texts", "hello");
        assertThat(deserializer(Map.of()).deserialize("texts", bytes)).isEqualTo("hello");
    }

    @Test
    void unknownIdsAndSubjectsAreToldFromARegistryThatIsAway() {
        byte[] bytes = serializer(Map.of()).serialize("unknown", order("o-1", 1));
        ByteBuffer.wrap(bytes).putInt(1, 999_999);
        assertThatThrownBy(() -> deserializer(Map.of()).deserialize("unknown", bytes))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("999999");
        assertThatThrownBy(() -> registry().latest("nobody-value")).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void readsOlderAndNewerRecordsByItsReaderSchema() {
        byte[] old = serializer(Map.of()).serialize("evolving", order("o-1", 12));
        GenericRecord newer = new GenericRecordBuilder(VERSION_2)
                .set("id", "o-2")
                .set("amount", 5_000_000_000L)
                .set("tag", "hot")
                .build();
        byte[] recent = serializer(Map.of()).serialize("evolving", newer);
        AvroDeserializer reader = AvroDeserializer.withReaderSchema(VERSION_2);
        reader.configure(settings(Map.of()), false);
        GenericRecord upgraded = new GenericRecordBuilder(VERSION_2)
                .set("id", "o-1")
                .set("amount", 12L)
                .build();
        assertThat(reader.deserialize("evolving", old)).isEqualTo(upgraded);
        assertThat(reader.deserialize("evolving", recent)).isEqualTo(newer);
        assertThat(registry().latest("evolving-value").version()).isEqualTo(2);
    }

    @Test
    void subjectsAreNamedByTheStrategy() {
        String setting = "value.subject.name.strategy";
        serializer(Map.of(setting, "io.confluent.kafka.serializers.subject.RecordNameStrategy"))
                .serialize("named", order("o-1", 1));
        serializer(Map.of(setting, "TopicRecordNameStrategy")).serialize("named", order("o-1", 1));
        assertThat(registry().latest("shop.Order").schema()).isEqualTo(VERSION_1);
        assertThat(registry().latest("named-shop.Order").schema()).isEqualTo(VERSION_1);
        assertThatThrownBy(() -> registry().latest("named-value")).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void withoutRegisteringOnlyKnownSchemasAreWritten() {
        AvroSerializer careful = serializer(Map.of("auto.register.schemas", "false"));
        assertThatThrownBy(() -> careful.serialize("careful", order("o-1", 1)))
                .isInstanceOf(UnknownSchemaException.class);
        byte[] registering = serializer(Map.of()).serialize("careful", order("o-1", 1));
        assertThat(careful.serialize("careful", order("o-1", 1))).isEqualTo(registering);
        assertThat(serializer(Map.of("auto.register.schemas", "false", "use.latest.version", "true"))
                        .serialize("careful", order("o-1", 1)))
                .isEqualTo(registering);
    }

    @Test
    void refusedSchemasAreNamedAsSuch() {
        SchemaText nonsense = SchemaText.of("{\"type\":\"nonsense\"}");
        assertThatThrownBy(() -> backend().register("refusing-value", nonsense))
                .isInstanceOf(SchemaRefusedException.class);
    }

    @Test
    void followsSchemaReferences() throws Exception {
        apicurio.register(
                "customer-value",
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Customer\\\",\\\"namespace\\\":\\\"shop\\\","
                        + "\\\"fields\\\":[{\\\"name\\\":\\\"name\\\",\\\"type\\\":\\\"string\\\"}]}\"}");
        apicurio.register(
                "sale-value",
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Sale\\\",\\\"namespace\\\":\\\"shop\\\","
                        + "\\\"fields\\\":[{\\\"name\\\":\\\"by\\\",\\\"type\\\":\\\"shop.Customer\\\"}]}\","
                        + "\"references\":[{\"name\":\"shop.Customer\",\"subject\":\"customer-value\",\"version\":1}]}");
        RegisteredSchema sale = registry().latest("sale-value");
        Schema customer = registry().byId(sale.id()).getField("by").schema();
        assertThat(customer.getFullName()).isEqualTo("shop.Customer");
        assertThat(customer.getField("name").schema().getType()).isEqualTo(Schema.Type.STRING);
    }

    @Test
    void outlivesTheRegistrysDeathWithWhatItKnows() throws Exception {
        GenericRecord order = order("o-1", 12);
        AvroSerializer serializer = serializer(Map.of());
        byte[] known = serializer.serialize("outage", order);
        AvroDeserializer warm = deserializer(Map.of());
        assertThat(warm.deserialize("outage", known)).isEqualTo(order);

        apicurio.kill();
        try {
            assertThat(warm.deserialize("outage", known)).isEqualTo(order);
            assertThat(serializer.serialize("outage", order)).isEqualTo(known);
            assertThatThrownBy(() -> deserializer(Map.of()).deserialize("outage", known))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining(apicurio.url());
            assertThatThrownBy(() -> serializer.serialize("another", order))
                    .isInstanceOf(RegistryUnavailableException.class);
        } finally {
            apicurio.restart();
        }
        assertThat(warm.deserialize("outage", known)).isEqualTo(order);
        byte[] after = serializer.serialize("another", order);
        assertThat(deserializer(Map.of()).deserialize("another", after)).isEqualTo(order);
    }

    private static GenericRecord order(String id, int amount) {
        GenericRecord order = new GenericData.Record(VERSION_1);
        order.put("id", id);
        order.put("amount", amount);
        return order;
    }

    private static int idIn(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(1);
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("schema.registry.url", apicurio.url(), "max.retries", "1", "retries.wait.ms", "10"));
        settings.putAll(more);
        return settings;
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.open(settings(Map.of()));
    }

    private static RegistryBackend backend() {
        Settings settings = new Settings(settings(Map.of()));
        RegistryServerAddress address = RegistryServerAddress.parse(apicurio.url(), Credentials.from(settings));
        return new HttpRegistry(
                new RegistryHttp(List.of(address), HttpSettings.from(settings)), HttpRegistry.Registration.AS_WRITTEN);
    }

    private static AvroSerializer serializer(Map<String, String> more) {
        AvroSerializer serializer = new AvroSerializer();
        serializer.configure(settings(more), false);
        return serializer;
    }

    private static AvroDeserializer deserializer(Map<String, String> more) {
        AvroDeserializer deserializer = new AvroDeserializer();
        deserializer.configure(settings(more), false);
        return deserializer;
    }
}
