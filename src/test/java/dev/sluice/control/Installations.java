package dev.sluice.control;

import dev.sluice.rule.EventTypes;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Digest;
import java.time.Duration;
import java.time.Instant;

/** Installs rule text without a control topic, for tests of what reads the current image. */
public final class Installations {
    private final RulesetInstaller installer;
    private final CurrentImage current = new CurrentImage();
    private long offset = -1;

    public Installations(EventTypes types) {
        this.installer = new RulesetInstaller(new RuleCompiler(types), Duration.ofHours(1));
    }

    public CurrentImage current() {
        return current;
    }

    /** Folds and installs one more version. */
    public Installation publish(String name, long version, String source) {
        ControlRecord record = new ControlRecord.VersionPublished(
                new PublishedVersion(name, version, source, Digest.of(source), null, "test", "", Instant.EPOCH));
        ControlImage image = current.read().image().apply(record, ++offset);
        current.publish(installer.install(current.read(), image, Instant.EPOCH));
        return current.read();
    }
}
