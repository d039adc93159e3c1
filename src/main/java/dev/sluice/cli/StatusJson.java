package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.deployment.Figures;
import dev.sluice.event.AvroJson;
import dev.sluice.schema.InstanceStatus;

/** The status for scripts. */
final class StatusJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StatusJson() {}

    static ObjectNode of(StatusView view) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode deployments = node.putArray("deployments");
        view.deployments().forEach(of -> deployments.add(DeploymentJson.of(of)));
        ArrayNode quarantines = node.putArray("quarantines");
        view.quarantines().forEach(of -> quarantines.add(QuarantineText.json(of)));
        ArrayNode arms = node.putArray("arms");
        view.arms().forEach(arm -> arms.add(of(arm)));
        ArrayNode instances = node.putArray("instances");
        view.instances().forEach(status -> instances.add(of(status, view)));
        return node;
    }

    private static ObjectNode of(ArmFigures arm) {
        Figures figures = arm.figures();
        return JsonNodeFactory.instance
                .objectNode()
                .put("ruleset", arm.ruleset())
                .put("version", arm.version())
                .put("arm", arm.arm())
                .put("evaluations", figures.evaluations())
                .put("errors", figures.errors())
                .put("timeouts", figures.timeouts())
                .put("alerts", figures.alerts())
                .put("averageUs", figures.averageNanos() / 1000)
                .put("p99Us", figures.p99Nanos() / 1000.0)
                .put("alertRate", figures.alertRate());
    }

    private static ObjectNode of(InstanceStatus status, StatusView view) {
        ObjectNode node = AvroJson.of(status);
        node.put("live", view.isLive(status));
        node.put("behindMs", view.behind(status).toMillis());
        node.path("rulesets").forEach(ruleset -> ((ObjectNode) ruleset).set("report", report(ruleset)));
        return node;
    }

    /** The report is JSON inside the status record: here it becomes part of the whole. */
    private static JsonNode report(JsonNode ruleset) {
        JsonNode text = ruleset.path("report");
        try {
            return text.isTextual() ? JSON.readTree(text.textValue()) : text;
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
