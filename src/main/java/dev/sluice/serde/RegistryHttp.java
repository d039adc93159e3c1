package dev.sluice.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Sends one registry call to the addresses in turn, from the one that answered last, until one gives a usable answer.
 *
 * <p>A 404 counts as the registry's word only when its body carries a code of the protocol: a proxy or a wrong path answers
 * 404 too, and that must not make good events look bad.
 */
final class RegistryHttp {
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<RegistryServerAddress> addresses;
    private final HttpSettings settings;
    private final HttpClient client;
    private final AtomicInteger preferred = new AtomicInteger();

    RegistryHttp(List<RegistryServerAddress> addresses, HttpSettings settings) {
        this.addresses = List.copyOf(addresses);
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // another host must not see the credentials
                .connectTimeout(settings.timeouts().connect());
        settings.tls().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    JsonNode get(String path) {
        return send(path, Optional.empty());
    }

    JsonNode post(String path, JsonNode body) {
        return send(path, Optional.of(body.toString()));
    }

    private JsonNode send(String path, Optional<String> body) {
        String reason = "";
        for (int round = 0; round < settings.rounds(); round++) {
            pauseBefore(round);
            for (int i = 0; i < addresses.size(); i++) {
                int index = Math.floorMod(preferred.get(), addresses.size());
                RegistryServerAddress address = addresses.get(index);
                Answer answer = ask(address, path, body);
                if (answer.usable().isPresent()) {
                    return answer.usable().get();
                }
                preferred.compareAndSet(index, (index + 1) % addresses.size());
                reason = address + ": " + answer.failure();
            }
        }
        throw new RegistryUnavailableException(
                addresses.stream().map(RegistryServerAddress::toString).toList(), reason, null);
    }

    /** A usable answer, or why there was none. */
    private record Answer(Optional<JsonNode> usable, String failure) {
        static Answer failed(String failure) {
            return new Answer(Optional.empty(), failure);
        }
    }

    private Answer ask(RegistryServerAddress address, String path, Optional<String> body) {
        try {
            return read(address, path, exchange(request(address, path, body)));
        } catch (IOException e) {
            String detail = e.getMessage() == null ? "" : " " + e.getMessage();
            return Answer.failed(e.getClass().getSimpleName() + detail);
        } catch (InterruptedException e) {
            throw new InterruptException("interrupted while asking the schema registry", e);
        }
    }

    /** The whole answer within the read timeout; the client's own timeout would end with the answer's headers. */
    private HttpResponse<String> exchange(HttpRequest request) throws IOException, InterruptedException {
        long timeoutMs = settings.timeouts().read().toMillis();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, headers -> new BoundedText());
        try {
            return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + timeoutMs + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(RegistryServerAddress address, String path, Optional<String> body) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(address.resolve(path)).header("Accept", MEDIA_TYPE + ", application/json");
        address.authorization().ifPresent(value -> builder.header("Authorization", value));
        body.ifPresent(
                text -> builder.header("Content-Type", MEDIA_TYPE).POST(HttpRequest.BodyPublishers.ofString(text)));
        return builder.build();
    }

    private static Answer read(RegistryServerAddress address, String path, HttpResponse<String> response) {
        int status = response.statusCode();
        Optional<JsonNode> json = parse(response.body());
        if (status / 100 == 2 && json.isPresent()) {
            return new Answer(json, "");
        }
        if (status == 401 || status == 403) {
            throw new RegistryAccessException("the schema registry " + address + " refused the credentials (HTTP "
                    + status + " on " + path + "): check basic.auth.* or bearer.auth.* and the rights of the user");
        }
        int code = json.map(node -> node.path("error_code").asInt()).orElse(0);
        String message = json.map(node -> node.path("message").asText()).orElse("");
        if (status == 404 && code / 100 == 404) {
            throw new UnknownSchemaException("the schema registry " + address + " has no such schema (" + code + " on "
                    + path + "): " + message);
        }
        if (status == 409 || status == 422) {
            throw new SchemaRefusedException("the schema registry " + address + " refused the schema (HTTP " + status
                    + " on " + path + "): " + message);
        }
        return Answer.failed("HTTP " + status + " on " + path + ", not an answer of a schema registry");
    }

    private static Optional<JsonNode> parse(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private void pauseBefore(int round) {
        if (round == 0) {
            return;
        }
        try {
            Thread.sleep(Math.min(settings.longestWaitMs(), settings.firstWaitMs() << Math.min(round - 1, 20)));
        } catch (InterruptedException e) {
            throw new InterruptException("interrupted while waiting for the schema registry", e);
        }
    }
}
