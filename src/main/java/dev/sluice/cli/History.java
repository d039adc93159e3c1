package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.control.PublishedVersion;
import dev.sluice.control.RulesetImage;
import dev.sluice.deployment.Deployment;
import dev.sluice.event.AvroJson;
import dev.sluice.schema.AuditEvent;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The history of one ruleset.
 *
 * @param accepted versions, rising
 * @param events of the audit topic, the newest last
 */
record History(
        List<RulesetImage.Accepted> accepted,
        List<RulesetImage.Refusal> refused,
        List<ActiveSpan> spans,
        List<AuditEvent> events) {
    private static final Pattern STRATEGY = Pattern.compile("\"?strategy\"?\\s*:\\s*\"?([a-z_]+)");

    /**
     * Versions and events, the newest of each.
     *
     * @param limit how many of each at most
     */
    static History of(RulesetImage ruleset, Optional<Deployment> deployment, List<AuditEvent> events, int limit) {
        OptionalLong serving = deployment.map(Deployment::serving).orElse(OptionalLong.empty());
        return new History(
                last(ruleset.accepted(), limit),
                last(ruleset.refused(), limit),
                ActiveSpan.of(events, serving),
                last(events, limit));
    }

    void print(PrintWriter out) {
        Table table = new Table("VERSION", "PUBLISHED", "AUTHOR", "STRATEGY", "ACTIVE", "DIGEST", "REASON");
        for (RulesetImage.Accepted each : accepted) {
            PublishedVersion published = each.published();
            table.row(
                    published.version(),
                    seconds(published.publishedAt()),
                    published.author(),
                    strategy(published.strategy()),
                    active(published.version()),
                    published.digest().substring(0, 19),
                    published.reason().isEmpty() ? "-" : published.reason());
        }
        table.print(out);
        refused.forEach(r -> out.println("refused: version " + r.version() + " at offset " + r.offset() + ": "
                + r.problems().get(0).message()));
        if (!events.isEmpty()) {
            out.println();
            events.forEach(event -> out.println(AuditText.line(event)));
        }
        out.flush();
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode versions = node.putArray("versions");
        for (RulesetImage.Accepted each : accepted) {
            PublishedVersion published = each.published();
            ObjectNode version = versions.addObject();
            version.put("version", published.version())
                    .put("offset", each.offset())
                    .put("accepted", true)
                    .put("publishedAt", published.publishedAt().toString())
                    .put("author", published.author())
                    .put("reason", published.reason())
                    .put("strategy", published.strategy())
                    .put("digest", published.digest());
            ArrayNode active = version.putArray("active");
            spans(published.version())
                    .forEach(span -> active.addObject()
                            .put("from", span.from().toString())
                            .put("to", span.to() == null ? null : span.to().toString()));
        }
        for (RulesetImage.Refusal refusal : refused) {
            versions.addObject()
                    .put("version", refusal.version())
                    .put("offset", refusal.offset())
                    .put("accepted", false)
                    .put("problem", refusal.problems().get(0).message());
        }
        ArrayNode happened = node.putArray("events");
        events.forEach(event -> happened.add(AvroJson.of(event)));
        return node;
    }

    /** The name alone: what else was said is in the JSON. */
    private static String strategy(@Nullable String text) {
        if (text == null) {
            return "as its file says";
        }
        Matcher name = STRATEGY.matcher(text);
        return name.find() ? name.group(1) : "as its file says";
    }

    private String active(long version) {
        String all = spans(version).stream()
                .map(span -> seconds(span.from()) + " to " + (span.to() == null ? "now" : seconds(span.to())))
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "-" : all;
    }

    private List<ActiveSpan> spans(long version) {
        return spans.stream().filter(span -> span.version() == version).toList();
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static <T> List<T> last(List<T> all, int limit) {
        return all.subList(Math.max(0, all.size() - Math.max(0, limit)), all.size());
    }
}
