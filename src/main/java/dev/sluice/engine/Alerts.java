package dev.sluice.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.evaluation.Arm;
import dev.sluice.evaluation.Match;
import dev.sluice.evaluation.Match.Sight;
import dev.sluice.evaluation.Moment;
import dev.sluice.evaluation.WindowSpan;
import dev.sluice.rule.Field;
import dev.sluice.schema.Alert;
import dev.sluice.schema.SourcePosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Matches to {@link Alert} records, with the stamps that every output carries. */
final class Alerts {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private Alerts() {}

    /**
     * The alert of {@code match}; its id depends on the events and the rule alone.
     *
     * @param atHand moment of what was evaluated
     * @param arm that the deciding version is of
     */
    static Alert of(Match match, Moment atHand, Arm arm) {
        Moment moment = match.moment(atHand);
        Sight sight = match.sight();
        return Alert.newBuilder()
                .setId(match.id(atHand))
                .setType(match.rule().emit().type().name())
                .setRuleset(match.ruleset().name())
                .setVersion(match.ruleset().version())
                .setRule(match.rule().id())
                .setArm(name(arm))
                .setKey(sight == null ? moment.key() : sight.key())
                .setEventTime(Instant.ofEpochMilli(moment.eventMs()))
                .setWindow(sight == null ? null : span(sight.window()))
                .setFields(fields(match))
                .setSource(source(moment.position()))
                .build();
    }

    private static String name(Arm arm) {
        return arm == Arm.CANDIDATE ? "candidate" : "stable";
    }

    private static dev.sluice.schema.WindowSpan span(WindowSpan window) {
        return dev.sluice.schema.WindowSpan.newBuilder()
                .setStart(Instant.ofEpochMilli(window.startMs()))
                .setEnd(Instant.ofEpochMilli(window.endMs()))
                .build();
    }

    /**
     * The parts of a position.
     *
     * @param position {@code TOPIC-PARTITION-OFFSET}; where it is empty the topic is, and partition and offset are -1
     */
    static SourcePosition source(String position) {
        int offset = position.lastIndexOf('-');
        int partition = position.lastIndexOf('-', offset - 1);
        if (partition < 0) {
            return new SourcePosition("", -1, -1L);
        }
        return new SourcePosition(
                position.substring(0, partition),
                Integer.parseInt(position, partition + 1, offset, 10),
                Long.parseLong(position, offset + 1, position.length(), 10));
    }

    /** The same stamps as headers. */
    static Headers headers(Alert alert) {
        Headers headers = new RecordHeaders();
        add(headers, "sluice-ruleset", alert.getRuleset());
        add(headers, "sluice-version", Long.toString(alert.getVersion()));
        add(headers, "sluice-rule", alert.getRule());
        add(headers, "sluice-arm", alert.getArm());
        SourcePosition source = alert.getSource();
        add(headers, "sluice-source", source.getTopic() + "-" + source.getPartition() + "-" + source.getOffset());
        return headers;
    }

    static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, @Nullable Object> fields(Match match) {
        List<Field> fields = match.rule().emit().type().fields();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            values.put(fields.get(i).name(), avro(match.values().get(i)));
        }
        return values;
    }

    /** The value as one of the types that the schema's {@code fields} may hold. */
    private static @Nullable Object avro(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            return value;
        }
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof List || value instanceof Map) {
            return json(value);
        }
        return value.toString();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(plain(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("lists and maps of plain values always have a JSON form", e);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Alerts::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, each) -> copy.put(String.valueOf(key), plain(each)));
            return copy;
        }
        return value == null || value instanceof Number || value instanceof Boolean || value instanceof byte[]
                ? value
                : value.toString();
    }
}
