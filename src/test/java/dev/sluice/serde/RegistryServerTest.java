package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RegistryServerTest {
    private static final Schema STRING = Schema.create(Schema.Type.STRING);

    private final InProcessRegistry registry = new InProcessRegistry();
    private final RegistryServer server = RegistryServer.start(registry, 0);
    private final HttpClient client = HttpClient.newHttpClient();
    private final SchemaRegistry remote =
            SchemaRegistry.open(Map.of("schema.registry.url", server.url(), "max.retries", "0"));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesOurOwnClient() {
        int id = remote.register("a/b c-value", STRING);
        assertThat(registry.subjects()).containsExactly("a/b c-value");
        assertThat(remote.byId(id)).isEqualTo(STRING);
        assertThat(remote.byGuid(registry.guidOf(id))).isEqualTo(STRING);
        assertThat(remote.idOf("a/b c-value", STRING)).isEqualTo(id);
        assertThat(remote.latest("a/b c-value")).isEqualTo(new RegisteredSchema("a/b c-value", 1, id, STRING));
        assertThatThrownBy(() -> remote.byId(99)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> remote.latest("x")).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void answersAsTheProtocolSays() throws Exception {
        assertThat(post("/subjects/s/versions", "{\"schema\":\"\\\"string\\\"\",\"schemaType\":\"AVRO\"}"))
                .isEqualTo("200 {\"id\":1}");
        assertThat(post("/subjects/s/versions", "{\"schema\":\"{\\\"type\\\":\\\"string\\\"}\"}"))
                .isEqualTo("200 {\"id\":1}");
        assertThat(post("/subjects/t/versions", "{\"schema\":\"\\\"long\\\"\"}"))
                .isEqualTo("200 {\"id\":2}");
        assertThat(post("/subjects/t/versions", "{\"schema\":\"\\\"string\\\"\"}"))
                .isEqualTo("200 {\"id\":1}");
        assertThat(get("/subjects")).isEqualTo("200 [\"s\",\"t\"]");
        assertThat(get("/subjects/t/versions")).isEqualTo("200 [1,2]");
        assertThat(get("/subjects/t/versions/latest"))
                .isEqualTo("200 {\"schema\":\"\\\"string\\\"\",\"subject\":\"t\",\"version\":2,\"id\":1}");
        assertThat(get("/subjects/t/versions/1")).contains("\"id\":2");
        assertThat(post("/subjects/t", "{\"schema\":\"\\\"string\\\"\"}")).contains("\"version\":2");
        assertThat(get("/config")).isEqualTo("200 {\"compatibilityLevel\":\"NONE\"}");
        assertThat(get("/")).isEqualTo("200 {}");
    }

    @Test
    void refusesWithTheCodesOfTheProtocol() throws Exception {
        registry.register("s", SchemaText.of("\"string\""));
        assertThat(get("/subjects/nobody/versions")).startsWith("404 {\"error_code\":40401");
        assertThat(get("/subjects/s/versions/2")).startsWith("404 {\"error_code\":40402");
        assertThat(get("/subjects/s/versions/two")).startsWith("422 {\"error_code\":42202");
        assertThat(get("/schemas/ids/2")).startsWith("404 {\"error_code\":40403");
        assertThat(get("/schemas/ids/two")).startsWith("404 {\"error_code\":40403");
        assertThat(get("/schemas/guids/none")).startsWith("404 {\"error_code\":40403");
        assertThat(post("/subjects/s", "{\"schema\":\"\\\"long\\\"\"}")).startsWith("404 {\"error_code\":40403");
        assertThat(post("/subjects/s/versions", "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}"))
                .startsWith("422 {\"error_code\":42201");
        assertThat(post("/subjects/s/versions", "nonsense")).startsWith("422 {\"error_code\":42201");
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url() + path)).build());
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(RegistryRoutes.MEDIA_TYPE);
        return response.statusCode() + " " + response.body();
    }
}
