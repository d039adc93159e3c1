package dev.sluice.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One dead letter of an event that could be read, by its headers.
 *
 * @param position of the event, {@code TOPIC-PARTITION-OFFSET}
 * @param rules that failed or were not asked, {@code RULESET/VERSION/RULE}
 */
public record Letter(ConsumerRecord<byte[], byte[]> record, String position, List<String> rules) {
    private static final Set<String> CODES = Set.of("RULE_FAILED", "LATE", "QUARANTINED");

    public Letter {
        rules = List.copyOf(rules);
    }

    /** Empty for a letter of an event that could not be read, and for anything else. */
    public static Optional<Letter> read(ConsumerRecord<byte[], byte[]> record) {
        Header code = record.headers().lastHeader("sluice-code");
        if (code == null || !CODES.contains(text(code))) {
            return Optional.empty();
        }
        String position = "";
        List<String> rules = new ArrayList<>();
        for (Header header : record.headers()) {
            if (header.key().equals("sluice-source")) {
                // What stands before is of an older letter, which was sent to the event topic again.
                position = text(header);
                rules.clear();
            } else if (header.key().equals("sluice-rule")) {
                rules.add(text(header));
            }
        }
        return position.isEmpty() ? Optional.empty() : Optional.of(new Letter(record, position, rules));
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Whether it names the rule, of any version. */
    public boolean isOf(String ruleset, String rule) {
        return rules.stream().anyMatch(named -> isOf(named, ruleset, rule));
    }

    private static boolean isOf(String named, String ruleset, String rule) {
        int end = named.lastIndexOf('/');
        int middle = named.lastIndexOf('/', end - 1);
        return middle > 0
                && named.substring(0, middle).equals(ruleset)
                && named.substring(end + 1).equals(rule);
    }
}
