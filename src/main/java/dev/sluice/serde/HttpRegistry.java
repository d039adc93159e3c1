package dev.sluice.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A registry behind HTTP: the protocol's paths and bodies. Unknown fields of answers are ignored. */
final class HttpRegistry implements RegistryBackend {

    /** How the registry compares a schema with those it holds: by its text, or by its normal form. */
    enum Registration {
        AS_WRITTEN(""),
        NORMALIZED("?normalize=true");

        private final String query;

        Registration(String query) {
            this.query = query;
        }

        static Registration from(Settings settings) {
            return settings.enabled("normalize.schemas") ? NORMALIZED : AS_WRITTEN;
        }
    }

    private final RegistryHttp http;
    private final Registration registration;

    HttpRegistry(RegistryHttp http, Registration registration) {
        this.http = http;
        this.registration = registration;
    }

    @Override
    public int register(String subject, SchemaText schema) {
        String path = subjectPath(subject) + "/versions" + registration.query;
        return number(http.post(path, body(schema)), "id", path);
    }

    @Override
    public int find(String subject, SchemaText schema) {
        String path = subjectPath(subject) + registration.query;
        return number(http.post(path, body(schema)), "id", path);
    }

    @Override
    public SchemaText byId(int id) {
        String path = "/schemas/ids/" + id;
        return schema(http.get(path), path);
    }

    @Override
    public SchemaText byGuid(UUID guid) {
        String path = "/schemas/guids/" + guid;
        return schema(http.get(path), path);
    }

    @Override
    public SubjectVersion version(String subject, int version) {
        return subjectVersion(subject, Integer.toString(version));
    }

    @Override
    public SubjectVersion latest(String subject) {
        return subjectVersion(subject, "latest");
    }

    private SubjectVersion subjectVersion(String subject, String version) {
        String path = subjectPath(subject) + "/versions/" + version;
        JsonNode answer = http.get(path);
        return new SubjectVersion(
                subject, number(answer, "version", path), number(answer, "id", path), schema(answer, path));
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static ObjectNode body(SchemaText schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema.text());
    }

    private static SchemaText schema(JsonNode answer, String path) {
        if (!answer.path("schema").isTextual()) {
            throw unusable(path, "schema");
        }
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UndecodableException("the schema at " + path + " is of type " + type + ", not AVRO");
        }
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode reference : answer.path("references")) {
            references.add(new SchemaReference(
                    reference.path("name").asText(),
                    reference.path("subject").asText(),
                    number(reference, "version", path)));
        }
        return new SchemaText(answer.path("schema").asText(), references);
    }

    private static int number(JsonNode answer, String field, String path) {
        if (!answer.path(field).canConvertToInt() || !answer.path(field).isIntegralNumber()) {
            throw unusable(path, field);
        }
        return answer.path(field).intValue();
    }

    private static RegistryUnavailableException unusable(String path, String field) {
        return new RegistryUnavailableException(List.of(path), "the answer has no usable \"" + field + "\"", null);
    }
}
