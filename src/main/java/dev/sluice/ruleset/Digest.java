package dev.sluice.ruleset;

import dev.sluice.rule.CompiledRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** Digests of a ruleset's source text and of a rule. */
public final class Digest {
    private Digest() {}

    /** The same for all rules that say the same. */
    public static String of(CompiledRule rule) {
        return of(rule.definition().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(part -> part.getKey().length() + ":" + part.getKey()
                        + part.getValue().length() + ":" + part.getValue())
                .collect(Collectors.joining()));
    }

    /** {@code sha256:} and 64 hexadecimal digits, over the text in UTF-8. */
    public static String of(String source) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
