package dev.sluice.serde;

/**
 * How much a registry client remembers.
 *
 * @param schemas most entries per cache
 * @param missingTtlMs milliseconds for which an unknown id and a subject's latest version are remembered
 */
record CacheBounds(int schemas, long missingTtlMs) {
    static CacheBounds from(Settings settings) {
        return new CacheBounds(
                (int) settings.number("max.schemas.per.subject", 1_000, 1),
                1_000 * settings.number("missing.id.cache.ttl.sec", 5, 0));
    }
}
