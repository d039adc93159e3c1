package dev.sluice.engine;

import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.StateIdentity;
import dev.sluice.window.ByteIn;
import dev.sluice.window.ByteOut;
import dev.sluice.window.Migration;
import dev.sluice.window.StateShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * What window state belongs to. State of one owner is never read for another.
 *
 * <p>A rule with another shape is another owner, although its state goes on: it takes over the states of the owner before,
 * key by key, and those stay as they are for a rollback.
 */
record StateOwner(String ruleset, StateIdentity identity, StateShape shape) {

    static StateOwner of(String ruleset, Windowing windowing) {
        return new StateOwner(ruleset, windowing.identity(), windowing.shape());
    }

    /** Whether state of the other goes on here. */
    boolean takesOver(StateOwner other) {
        return ruleset.equals(other.ruleset)
                && identity.equals(other.identity)
                && !shape.equals(other.shape)
                && Migration.between(other.shape, shape).outcome() != Migration.Outcome.RESET;
    }

    /** Eight bytes of a cryptographic hash: owners that differ have different ones. */
    long hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(write());
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    byte[] write() {
        ByteOut sink = new ByteOut().text(ruleset).bytes(shape.write());
        sink.text(identity.rule()).text(identity.from()).text(identity.reset());
        sink.unsigned(identity.partitionBy().size());
        identity.partitionBy().forEach(sink::text);
        return sink.toBytes();
    }

    static StateOwner read(ByteIn source) {
        String ruleset = source.text();
        StateShape shape = StateShape.parse(source.bytes());
        String rule = source.text();
        String from = source.text();
        String reset = source.text();
        int parts = source.count();
        List<String> partitionBy = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            partitionBy.add(source.text());
        }
        return new StateOwner(ruleset, new StateIdentity(rule, from, partitionBy, reset), shape);
    }

    /** Of a text that stays the same in every process. */
    static int stableHash(String text) {
        int hash = 0x811c9dc5;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ each) * 0x01000193;
        }
        return hash;
    }
}
