package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.Quarantine;
import java.util.Arrays;

/** A quarantine to its record and back. */
final class QuarantineCodec {
    private QuarantineCodec() {}

    static dev.sluice.schema.Quarantine record(Quarantine of) {
        return new dev.sluice.schema.Quarantine(
                of.ruleset(),
                of.rule(),
                of.digest(),
                of.version(),
                of.state().word(),
                of.since(),
                of.until(),
                of.origin().actor(),
                of.origin().reason());
    }

    /** @throws IllegalArgumentException for a state that this build does not know */
    static Quarantine of(dev.sluice.schema.Quarantine record) {
        Quarantine.State state = Arrays.stream(Quarantine.State.values())
                .filter(each -> each.word().equals(record.getState()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown state '" + record.getState() + "'"));
        return new Quarantine(
                record.getRuleset(),
                record.getRule(),
                record.getDigest(),
                record.getVersion(),
                state,
                record.getSince(),
                record.getUntil(),
                new Deployment.Origin(record.getActor(), record.getReason()));
    }
}
