package dev.sluice.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The registry protocol's paths over an {@link InProcessRegistry}. */
final class RegistryRoutes {
    static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final String COMPATIBILITY = "NONE";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final InProcessRegistry registry;

    RegistryRoutes(InProcessRegistry registry) {
        this.registry = registry;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/", context -> answer(context, JSON.objectNode()));
        routes.get("/config", context -> answer(context, JSON.objectNode().put("compatibilityLevel", COMPATIBILITY)));
        routes.get("/schemas/types", context -> answer(context, JSON.arrayNode().add("AVRO")));
        routes.get("/schemas/ids/{id}", this::byId);
        routes.get("/schemas/guids/{guid}", this::byGuid);
        routes.get("/subjects", this::subjects);
        routes.post("/subjects/{subject}", this::lookUp);
        routes.get("/subjects/{subject}/versions", this::versions);
        routes.post("/subjects/{subject}/versions", this::register);
        routes.get("/subjects/{subject}/versions/{version}", this::version);
        routes.exception(UnknownSchemaException.class, (e, context) -> refuse(context, e.error(), e));
        routes.exception(
                SchemaRefusedException.class, (e, context) -> refuse(context, RegistryError.INVALID_SCHEMA, e));
        routes.exception(RuntimeException.class, (e, context) -> refuse(context, RegistryError.OUR_FAULT, e));
        routes.exception(BadVersionException.class, (e, context) -> refuse(context, RegistryError.INVALID_VERSION, e));
    }

    /** The version in a path is neither a number from 1 nor latest. */
    private static final class BadVersionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadVersionException(String version) {
            super("the version " + version + " is neither a number from 1 nor latest");
        }
    }

    private void byId(Context context) {
        int id = number(context.pathParam("id"));
        answer(
                context,
                schema(registry.byId(id)).put("guid", registry.guidOf(id).toString()));
    }

    private void byGuid(Context context) {
        String guid = context.pathParam("guid");
        try {
            answer(context, schema(registry.byGuid(UUID.fromString(guid))).put("guid", guid));
        } catch (IllegalArgumentException e) {
            throw new UnknownSchemaException("no schema has the GUID " + guid);
        }
    }

    private void subjects(Context context) {
        ArrayNode names = JSON.arrayNode();
        registry.subjects().forEach(names::add);
        answer(context, names);
    }

    private void versions(Context context) {
        ArrayNode numbers = JSON.arrayNode();
        IntStream.rangeClosed(1, registry.versions(context.pathParam("subject")))
                .forEach(numbers::add);
        answer(context, numbers);
    }

    private void version(Context context) {
        String subject = context.pathParam("subject");
        String version = context.pathParam("version");
        boolean latest = version.equals("latest") || version.equals("-1");
        answer(
                context,
                subjectVersion(latest ? registry.latest(subject) : registry.version(subject, versionNumber(version))));
    }

    private void register(Context context) {
        int id = registry.register(context.pathParam("subject"), body(context));
        answer(context, JSON.objectNode().put("id", id));
    }

    private void lookUp(Context context) {
        answer(context, subjectVersion(registry.lookUp(context.pathParam("subject"), body(context))));
    }

    private static SchemaText body(Context context) {
        try {
            JsonNode body = MAPPER.readTree(context.body());
            if (!body.path("schema").isTextual()) {
                throw new SchemaRefusedException("the body must be {\"schema\": \"...\"}");
            }
            String type = body.path("schemaType").asText("AVRO");
            if (!type.equals("AVRO") && !type.equals("null")) {
                throw new SchemaRefusedException("schemas of type " + type + " are not served here, only AVRO");
            }
            List<SchemaReference> references = new ArrayList<>();
            for (JsonNode reference : body.path("references")) {
                references.add(new SchemaReference(
                        reference.path("name").asText(),
                        reference.path("subject").asText(),
                        reference.path("version").asInt()));
            }
            return new SchemaText(body.path("schema").asText(), references);
        } catch (JsonProcessingException e) {
            throw new SchemaRefusedException("the body is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static ObjectNode subjectVersion(SubjectVersion version) {
        return schema(version.schema())
                .put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id());
    }

    private static ObjectNode schema(SchemaText schema) {
        ObjectNode node = JSON.objectNode().put("schema", schema.text());
        if (!schema.references().isEmpty()) {
            ArrayNode references = node.putArray("references");
            schema.references()
                    .forEach(reference -> references
                            .addObject()
                            .put("name", reference.name())
                            .put("subject", reference.subject())
                            .put("version", reference.version()));
        }
        return node;
    }

    private static int number(String id) {
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            throw new UnknownSchemaException("no schema has the id " + id);
        }
    }

    private static int versionNumber(String version) {
        try {
            return Integer.parseUnsignedInt(version);
        } catch (NumberFormatException e) {
            throw new BadVersionException(version);
        }
    }

    private static void refuse(Context context, RegistryError error, Exception cause) {
        context.status(error.httpStatus());
        answer(
                context,
                JSON.objectNode().put("error_code", error.code()).put("message", String.valueOf(cause.getMessage())));
    }

    private static void answer(Context context, JsonNode body) {
        context.contentType(MEDIA_TYPE).result(body.toString());
    }
}
