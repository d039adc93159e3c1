package dev.sluice.topics;

import dev.sluice.config.TopicSpec;

/** What a plan says of one topic. A topic that is as declared has no step. */
public sealed interface TopicStep {
    String topic();

    /** For people: which topic, what is declared, what is live, what to do. */
    String text();

    /** The topic is missing and will be created. */
    record Create(TopicSpec spec) implements TopicStep {
        @Override
        public String topic() {
            return spec.name();
        }

        @Override
        public String text() {
            return "create " + spec.name() + " with " + spec.partitions() + " partition(s), settings "
                    + spec.settings();
        }
    }

    /** The live topic differs; it is left alone. */
    record Differs(String topic, String property, String declared, String live) implements TopicStep {
        @Override
        public String text() {
            return topic + ": " + property + " is " + live + ", declared is " + declared
                    + "; a live topic is not changed: alter it with Kafka's own tools, or change topics.yaml";
        }
    }

    /** Sluice cannot work with the live topic; nothing is applied. */
    record Refuse(String topic, String reason) implements TopicStep {
        @Override
        public String text() {
            return topic + ": " + reason;
        }
    }
}
