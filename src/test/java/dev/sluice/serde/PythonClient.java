package dev.sluice.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/** Confluent's Python client in a child process: two generations of it, each with an Avro library of its own. */
enum PythonClient {
    MODERN("python3-confluent-kafka and python3-requests, and fastavro"),
    LEGACY("python3-confluent-kafka, python3-requests and python3-avro");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCRIPT = Path.of("src", "test", "resources", "serde", "python_client.py");
    private static final Path OUTPUT = Path.of("target");

    private final String packages;

    PythonClient(String packages) {
        this.packages = packages;
    }

    boolean isInstalled() throws IOException, InterruptedException {
        try {
            Process process = start("probe");
            process.getOutputStream().close();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // no Python here
        }
    }

    String missing() {
        return "this client is not usable by /usr/bin/python3: install " + packages;
    }

    /** The bytes that the client makes of a record. */
    byte[] write(String registryUrl, String topic, Schema schema, JsonNode record) throws Exception {
        ObjectNode input = JSON.createObjectNode();
        input.set("schema", JSON.readTree(schema.toString()));
        input.set("record", record);
        return HexFormat.of()
                .parseHex(call(input, "write", registryUrl, topic).path("hex").asText());
    }

    /** The record that the client makes of bytes. */
    JsonNode read(String registryUrl, String topic, byte[] bytes) throws Exception {
        ObjectNode input = JSON.createObjectNode().put("hex", HexFormat.of().formatHex(bytes));
        return call(input, "read", registryUrl, topic).path("record");
    }

    private JsonNode call(JsonNode input, String... arguments) throws Exception {
        Process process = start(arguments);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(JSON.writeValueAsBytes(input));
        }
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("exit code; standard error is in %s", errors())
                .isZero();
        return JSON.readTree(answer);
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", SCRIPT.toString(), word()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        return builder.redirectError(errors().toFile()).start();
    }

    private Path errors() {
        return OUTPUT.resolve("python-" + word() + ".log");
    }

    private String word() {
        return this == MODERN ? "modern" : "legacy";
    }
}
