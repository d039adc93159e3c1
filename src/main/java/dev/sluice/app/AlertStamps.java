package dev.sluice.app;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are asked for, by the stamps in their headers: nothing of another alert is decoded.
 *
 * @param ruleset null: of any
 * @param version null: of any
 * @param rule null: of any
 */
public record AlertStamps(
        @Nullable String ruleset,
        @Nullable Long version,
        @Nullable String rule) {
    /** Every alert. */
    public static final AlertStamps ANY = new AlertStamps(null, null, null);

    /** Those of one version. */
    public static AlertStamps of(String ruleset, long version) {
        return new AlertStamps(ruleset, version, null);
    }

    /** Whether they leave any alert out. */
    public boolean isAny() {
        return equals(ANY);
    }

    boolean areOn(Headers headers) {
        return isOn(headers, "sluice-ruleset", ruleset)
                && isOn(headers, "sluice-version", version == null ? null : Long.toString(version))
                && isOn(headers, "sluice-rule", rule);
    }

    /** Place of the event that an alert is of, {@code TOPIC-PARTITION-OFFSET}. */
    static Optional<String> source(Headers headers) {
        Header header = headers.lastHeader("sluice-source");
        return header == null ? Optional.empty() : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static boolean isOn(Headers headers, String name, @Nullable String wanted) {
        if (wanted == null) {
            return true;
        }
        Header header = headers.lastHeader(name);
        return header != null && wanted.equals(new String(header.value(), StandardCharsets.UTF_8));
    }
}
