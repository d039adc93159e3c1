package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryCallsTest {
    private static final String SECRET = "s3cr3t-pass";
    private static final String STRING_SCHEMA = "{\"schema\":\"\\\"string\\\"\",\"id\":7,\"later\":{\"unknown\":[1]}}";

    private static final Map<String, String> HASTY = Map.of("http.read.timeout.ms", "100");

    private final CannedServer server = new CannedServer(200, STRING_SCHEMA);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void registersWithTheSchemaAloneInTheBody() {
        assertThat(open(server.url(), Map.of()).register("orders/eu-value", Schema.create(Schema.Type.STRING)))
                .isEqualTo(7);
        CannedServer.Call call = server.calls.get(0);
        assertThat(call.method() + " " + call.path()).isEqualTo("POST /subjects/orders%2Feu-value/versions");
        assertThat(call.body()).isEqualTo("{\"schema\":\"\\\"string\\\"\"}");
        assertThat(call.headers().getFirst("Content-Type")).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(call.headers().containsKey("Authorization")).isFalse();
    }

    @Test
    void asksForTheNormalFormWhenConfigured() {
        open(server.url(), Map.of("normalize.schemas", "true")).register("s", Schema.create(Schema.Type.STRING));
        assertThat(server.calls.get(0).path()).isEqualTo("/subjects/s/versions?normalize=true");
    }

    @Test
    void sendsUserInfoOfTheUrl() {
        open("http://user:" + SECRET + "@" + server.address(), Map.of()).byId(1);
        assertThat(authorization()).isEqualTo(basic("user:" + SECRET));
    }

    @Test
    void sendsConfiguredUserInfo() {
        open(
                        server.url(),
                        Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "user:" + SECRET))
                .byId(1);
        assertThat(authorization()).isEqualTo(basic("user:" + SECRET));
    }

    @Test
    void inheritsTheSaslCredentials() {
        String jaas =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"user\" password=\"a\\\"b\";";
        open(server.url(), Map.of("basic.auth.credentials.source", "SASL_INHERIT", "sasl.jaas.config", jaas))
                .byId(1);
        assertThat(authorization()).isEqualTo(basic("user:a\"b"));
    }

    @Test
    void sendsABearerToken() {
        open(server.url(), Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", SECRET))
                .byId(1);
        assertThat(authorization()).isEqualTo("Bearer " + SECRET);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void saysThatCredentialsWereRefusedWithoutShowingThem(int status) {
        server.answer(status, "{\"error_code\":" + status + ",\"message\":\"no\"}");
        SchemaRegistry registry = open("http://user:" + SECRET + "@" + server.address(), Map.of());
        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryAccessException.class)
                .hasMessageContaining(server.url())
                .hasMessageNotContaining(SECRET);
        assertThat(server.calls).hasSize(1);
    }

    @Test
    void tellsAnUnknownIdFromAServerThatIsNoRegistry() {
        SchemaRegistry registry = open(server.url(), Map.of("missing.id.cache.ttl.sec", "0"));
        server.answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        assertThatThrownBy(() -> registry.byId(5)).isInstanceOf(UnknownSchemaException.class);
        server.answer(404, "<html>not here</html>");
        assertThatThrownBy(() -> registry.byId(5)).isInstanceOf(RegistryUnavailableException.class);
        server.answer(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
        assertThatThrownBy(() -> registry.byId(5)).isInstanceOf(RegistryUnavailableException.class);
        server.answer(200, "<html>welcome</html>");
        assertThatThrownBy(() -> registry.byId(5)).isInstanceOf(RegistryUnavailableException.class);
        server.answer(200, "{\"something\":\"else\"}");
        assertThatThrownBy(() -> registry.byId(5)).isInstanceOf(RegistryUnavailableException.class);
        server.answer(503, "");
        assertThatThrownBy(() -> registry.byId(5)).isInstanceOf(RegistryUnavailableException.class);
        server.answer(200, STRING_SCHEMA);
        assertThat(registry.byId(5)).isEqualTo(Schema.create(Schema.Type.STRING));
    }

    @Test
    void namesTheAddressesThatDidNotAnswerWithoutCredentials() throws IOException {
        String dead = "127.0.0.1:" + unusedPort();
        SchemaRegistry registry = open("http://user:" + SECRET + "@" + dead + "/path/", Map.of());
        Throwable failure = catchThrowable(() -> registry.byId(1));
        assertThat(failure)
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(dead)
                .hasMessageNotContaining(SECRET);
        assertThat(((RegistryUnavailableException) failure).urls()).containsExactly("http://" + dead + "/path");
    }

    @Test
    void triesTheNextAddressAndStaysWithTheOneThatAnswers() throws IOException {
        try (CannedServer failing = new CannedServer(500, "oops")) {
            String dead = "http://127.0.0.1:" + unusedPort();
            SchemaRegistry registry = open(dead + ", " + failing.url() + "," + server.url(), Map.of());
            registry.byId(1);
            registry.byId(2);
            assertThat(failing.calls).hasSize(1);
            assertThat(server.calls).hasSize(2);
        }
    }

    @Test
    void refusedSchemasAreNotRetried() {
        server.answer(409, "{\"error_code\":409,\"message\":\"incompatible\"}");
        assertThatThrownBy(() ->
                        open(server.url(), Map.of("max.retries", "3")).register("s", Schema.create(Schema.Type.STRING)))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("incompatible");
        assertThat(server.calls).hasSize(1);
    }

    @Test
    void triesAgainAsOftenAsConfigured() {
        server.answer(500, "");
        SchemaRegistry registry = open(server.url(), Map.of("max.retries", "2", "retries.wait.ms", "1"));
        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(server.calls).hasSize(3);
    }

    @Test
    void asksOncePerSchemaHoweverManyThreadsMissIt() throws Exception {
        SchemaRegistry registry = open(server.url(), Map.of());
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Schema>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Callable<Schema> call = () -> {
                    start.await();
                    return registry.byId(3);
                };
                answers.add(threads.submit(call));
            }
            start.countDown();
            for (Future<Schema> answer : answers) {
                assertThat(answer.get()).isEqualTo(Schema.create(Schema.Type.STRING));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.calls).hasSize(1);
    }

    @Test
    @Timeout(60)
    void givesUpOnAServerThatAcceptsAndNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            SchemaRegistry registry = open("http://127.0.0.1:" + silent.getLocalPort(), HASTY);
            assertThatThrownBy(() -> registry.byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("100 ms");
        }
    }

    @Test
    @Timeout(60)
    void givesUpOnAnAnswerThatStopsInTheMiddle() throws Exception {
        try (RawServer stuck = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")) {
            assertThatThrownBy(() -> open(stuck.url(), HASTY).byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("100 ms");
        }
    }

    @Test
    void givesUpOnAnAnswerThatIsTooLong() {
        server.answer(200, "[" + " ".repeat(17 << 20) + "]");
        assertThatThrownBy(() -> open(server.url(), Map.of()).byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("more than");
    }

    @Test
    void doesNotFollowRedirectsWithItsCredentials() throws Exception {
        try (RawServer elsewhere = new RawServer(
                "HTTP/1.1 307 Moved\r\nLocation: " + server.url() + "/schemas/ids/1\r\nContent-Length: 0\r\n\r\n")) {
            String url = elsewhere.url().replace("http://", "http://user:" + SECRET + "@");
            assertThatThrownBy(() -> open(url, Map.of()).byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("HTTP 307")
                    .hasMessageNotContaining(SECRET);
        }
        assertThat(server.calls).isEmpty();
    }

    @Test
    void callsShareAConnection() {
        SchemaRegistry registry = open(server.url(), Map.of());
        registry.byId(1);
        registry.byId(2);
        registry.byId(3);
        assertThat(server.calls).extracting(CannedServer.Call::clientPort).hasSize(3);
        assertThat(Set.copyOf(
                        server.calls.stream().map(CannedServer.Call::clientPort).toList()))
                .hasSize(1);
    }

    @Test
    void refusesATokenThatFitsIntoNoHeaderWithoutShowingIt() {
        Map<String, String> settings =
                Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "a\n" + SECRET);
        assertThatThrownBy(() -> open(server.url(), settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bearer.auth.token")
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max.retries", "retries.wait.ms", "http.read.timeout.ms", "missing.id.cache.ttl.sec"})
    void refusesNumbersThatAreOutOfRange(String setting) {
        for (String number : List.of("-1", "9000000000000000000", "many")) {
            assertThatThrownBy(() -> open(server.url(), Map.of(setting, number)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(setting);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://user:s3cr3t-pass@host",
                "user:s3cr3t-pass@host:8081",
                "http://user:s3cr3t-pass@ho st",
                "mock://a,mock://b"
            })
    void refusesAddressesThatCannotBeWithoutShowingThem(String url) {
        assertThatThrownBy(() -> open(url, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url")
                .hasMessageNotContaining(SECRET);
    }

    private static SchemaRegistry open(String url, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("schema.registry.url", url, "max.retries", "0"));
        settings.putAll(more);
        return SchemaRegistry.open(settings);
    }

    private String authorization() {
        return server.calls.get(0).headers().getFirst("Authorization");
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
