package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.serde.SingleObject;

/** Deployments as they stand on the control topic, for tests that put one there. */
public final class DeploymentRecords {
    private DeploymentRecords() {}

    public static String key(String ruleset) {
        return new ControlKey.OfDeployment(ruleset).text();
    }

    public static byte[] value(Deployment deployment) {
        return SingleObject.encode(DeploymentCodec.record(deployment));
    }
}
