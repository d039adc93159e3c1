package dev.sluice.engine;

import dev.sluice.config.TopicNames;
import dev.sluice.evaluation.Arm;
import dev.sluice.evaluation.Match;
import dev.sluice.schema.Alert;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Record;

/** Makes alerts of matches, ready for the topic that their rule names. */
final class AlertWriter {
    private final TopicNames names;
    private final Serializer<Object> serializer;

    AlertWriter(TopicNames names, Serializer<Object> serializer) {
        this.names = names;
        this.serializer = serializer;
    }

    /** @param arm that the deciding version is of */
    OutgoingAlert write(Match match, Cause cause, Arm arm) {
        Alert alert = Alerts.of(match, cause.moment(), arm);
        String topicNamed = match.rule().emit().topic();
        String target = topicNamed == null ? names.alerts() : topicNamed;
        Headers headers = Alerts.headers(alert);
        byte[] value = serializer.serialize(target, headers, alert);
        byte[] key = alert.getKey() == null ? null : alert.getKey().getBytes(StandardCharsets.UTF_8);
        boolean isOfEvent = match.occasion().moment() == null;
        long timestampMs = isOfEvent
                ? cause.record().timestamp()
                : Math.max(0, match.moment(cause.moment()).eventMs());
        return new OutgoingAlert(alert.getId(), target, new Record<>(key, value, timestampMs, headers));
    }
}
