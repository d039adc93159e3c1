package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that shows a self-made certificate and asks for the client's. */
final class TlsTest {
    private static final String PASSWORD = "store-pass-1";

    @TempDir
    private Path folder;

    @Test
    void usesTheConfiguredStoresAndRefusesAnUnknownServer() throws Exception {
        Path store = keyStore();
        Map<String, String> trust = Map.of(
                "schema.registry.ssl.truststore.location",
                store.toString(),
                "schema.registry.ssl.truststore.password",
                PASSWORD,
                "schema.registry.ssl.truststore.type",
                "PKCS12");
        Map<String, String> both = new HashMap<>(trust);
        both.put("schema.registry.ssl.keystore.location", store.toString());
        both.put("schema.registry.ssl.keystore.password", PASSWORD);
        both.put("schema.registry.ssl.keystore.type", "PKCS12");
        both.put("schema.registry.ssl.key.password", PASSWORD);
        try (CannedServer server = new CannedServer(https(both), 200, "{\"schema\":\"\\\"string\\\"\"}")) {
            assertThat(open(server, both).byId(1)).isEqualTo(Schema.create(Schema.Type.STRING));
            assertThatThrownBy(() -> open(server, Map.of()).byId(1)).isInstanceOf(RegistryUnavailableException.class);
            assertThatThrownBy(() -> open(server, trust).byId(1)).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void saysWhichStoreCannotBeReadWithoutItsPassword() throws Exception {
        Map<String, String> wrong = Map.of(
                "schema.registry.url", "https://localhost:1",
                "schema.registry.ssl.truststore.location", keyStore().toString(),
                "schema.registry.ssl.truststore.password", "wrong-pass-2",
                "schema.registry.ssl.truststore.type", "PKCS12");
        assertThatThrownBy(() -> SchemaRegistry.open(wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl.truststore.location")
                .hasMessageNotContaining("wrong-pass-2");
    }

    private static SchemaRegistry open(CannedServer server, Map<String, String> stores) {
        Map<String, String> settings = new HashMap<>(stores);
        settings.put("schema.registry.url", "https://" + server.address());
        settings.put("max.retries", "0");
        return SchemaRegistry.open(settings);
    }

    private static HttpsServer https(Map<String, String> stores) throws Exception {
        SSLContext context = TlsStores.context(new Settings(stores)).orElseThrow();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters asked = context.getDefaultSSLParameters();
                asked.setNeedClientAuth(true);
                parameters.setSSLParameters(asked);
            }
        });
        return server;
    }

    private Path keyStore() throws Exception {
        Path store = folder.resolve("store.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "self",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return store;
    }
}
