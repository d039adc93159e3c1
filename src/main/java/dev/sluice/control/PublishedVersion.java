package dev.sluice.control;

import dev.sluice.ruleset.Digest;
import dev.sluice.schema.RulesetVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a ruleset as it was published.
 *
 * @param digest as its author stated it; {@link #isIntact} tells whether it is that of {@code source}
 * @param strategy how to deploy; null: the ruleset's own default
 */
public record PublishedVersion(
        String name,
        long version,
        String source,
        String digest,
        @Nullable String strategy,
        String author,
        String reason,
        Instant publishedAt) {

    static PublishedVersion of(RulesetVersion record) {
        return new PublishedVersion(
                record.getName(),
                record.getVersion(),
                record.getSource(),
                record.getDigest(),
                record.getStrategy(),
                record.getAuthor(),
                record.getReason(),
                record.getPublishedAt());
    }

    RulesetVersion toRecord() {
        return new RulesetVersion(name, version, source, digest, strategy, author, reason, publishedAt);
    }

    boolean isIntact() {
        return digest.equals(Digest.of(source));
    }
}
