package dev.sluice.deployment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a rule file wants its versions deployed. What it comes to may be up to the fleet's settings. */
public sealed interface DeploymentWish {
    /** A file that says nothing. */
    DeploymentWish NOTHING = new Nothing();

    /** What it says, part by part, by the path that each has in a rule file. */
    Map<String, String> definition();

    /** The fleet's default. */
    record Nothing() implements DeploymentWish {
        @Override
        public Map<String, String> definition() {
            return DeploymentSpec.DEFAULT.definition();
        }
    }

    /** All of it is told. */
    record Whole(DeploymentSpec spec) implements DeploymentWish {
        @Override
        public Map<String, String> definition() {
            return spec.definition();
        }
    }

    /**
     * A template of the fleet's settings, and what differs from it.
     *
     * @param text all of it as JSON, as a publisher could say it
     */
    record OnTemplate(String template, Map<String, String> definition, String text) implements DeploymentWish {
        public OnTemplate {
            definition = Collections.unmodifiableMap(new LinkedHashMap<>(definition));
        }
    }
}
