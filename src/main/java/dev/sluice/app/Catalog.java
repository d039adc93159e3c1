package dev.sluice.app;

import dev.sluice.config.EventTopic;
import dev.sluice.config.TopicSpec;
import dev.sluice.config.TopicsConfig;
import dev.sluice.event.AvroEventTypes;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The topics file as what rules may refer to. */
public final class Catalog {
    private Catalog() {}

    public static EventTypes of(TopicsConfig topics) {
        Map<String, EventType> types = new HashMap<>();
        for (EventTopic event : topics.events()) {
            types.put(event.eventType(), AvroEventTypes.eventType(event.schema()));
        }
        Set<String> outputs = topics.outputs().stream().map(TopicSpec::name).collect(Collectors.toSet());
        return new EventTypes(types, outputs);
    }
}
