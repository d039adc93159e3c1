package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.KeySplit;

/** A deployment for scripts. */
final class DeploymentJson {
    private DeploymentJson() {}

    static ObjectNode of(Deployment of) {
        Deployment.Routing routing = of.routing();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("ruleset", of.ruleset());
        node.put("version", of.version());
        node.put("attempt", of.attempt());
        node.put("strategy", of.spec().strategy().name());
        node.put("state", of.state().word());
        node.put("since", of.state().since().toString());
        node.put("until", StateText.until(of).map(Object::toString).orElse(null));
        node.put("reason", StateText.reason(of.state()));
        node.put("active", routing.stable());
        node.put("candidate", routing.candidate());
        node.put("percent", 100.0 * StateText.weight(of) / KeySplit.BUCKETS);
        node.put(
                "stage",
                StateText.stage(of.state()).map(stage -> stage.stage() + 1).orElse(null));
        node.put("author", of.origin().actor());
        of.lineage().forEach(node.putArray("before")::add);
        return node;
    }
}
