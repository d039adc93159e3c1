package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.KeySplit;
import dev.sluice.deployment.Quarantine;
import dev.sluice.evaluation.Arms;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.Digest;
import dev.sluice.ruleset.Ruleset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Installs rule text without a control topic, for tests of what reads the current image. */
public final class Installations {
    private final RuleCompiler compiler;
    private final RulesetInstaller installer;
    private final Map<Long, Ruleset> candidates = new HashMap<>();
    private final CurrentImage current = new CurrentImage();
    private long offset = -1;

    public Installations(EventTypes types) {
        this.compiler = new RuleCompiler(types);
        this.installer = new RulesetInstaller(compiler, Duration.ofHours(1));
    }

    public CurrentImage current() {
        return current;
    }

    /** Folds one more version, and activates it if it compiles. */
    public Installation publish(String name, long version, String source) {
        fold(name, version, source);
        Installation.OfRuleset of = current.read().rulesets().get(name);
        return of.prepared().contains(version)
                ? deploy(name, version, new DeploymentState.Active(Instant.EPOCH, null))
                : current.read();
    }

    /** Folds one more version; nothing serves because of it. */
    public Installation fold(String name, long version, String source) {
        return apply(new ControlRecord.VersionPublished(
                new PublishedVersion(name, version, source, Digest.of(source), null, "test", "", Instant.EPOCH)));
    }

    /** A deployment of the version, after what was deployed before. */
    public Installation deploy(String name, long version, DeploymentState state) {
        Deployment before = current.read().image().deployments().get(name);
        boolean isNext = before == null || before.version() != version;
        return apply(new ControlRecord.DeploymentChanged(new Deployment(
                name,
                version,
                before == null ? 1 : before.attempt() + (isNext ? 1 : 0),
                DeploymentSpec.DEFAULT,
                state,
                before == null ? List.of() : isNext ? lineage(before) : before.lineage(),
                version,
                false,
                new Deployment.Origin("test", ""))));
    }

    private static List<Long> lineage(Deployment before) {
        List<Long> lineage = new ArrayList<>(before.lineage());
        if (before.state() instanceof DeploymentState.Active) {
            lineage.add(before.version());
        }
        return lineage;
    }

    /** Sets a rule apart. */
    public Installation quarantine(String name, CompiledRule rule) {
        return apply(new ControlRecord.QuarantineChanged(new Quarantine(
                name,
                rule.id(),
                Digest.of(rule),
                1,
                Quarantine.State.APART,
                Instant.EPOCH,
                null,
                new Deployment.Origin("test", ""))));
    }

    Installation delete(String name, long version) {
        return apply(new ControlRecord.VersionDeleted(new ControlKey.OfVersion(name, version)));
    }

    /** Folds one record of the control topic as it stands there. */
    Installation apply(byte[] key, byte @Nullable [] value) {
        ControlCodec codec = new ControlCodec("control", new ByteArrayDeserializer());
        return apply(codec.decode(key, value, new RecordHeaders()));
    }

    /** Folds one more version without compiling it. */
    RulesetInstaller.Pass foldAlone(String name, long version, String source) {
        return applyAlone(new ControlRecord.VersionPublished(
                new PublishedVersion(name, version, source, Digest.of(source), null, "test", "", Instant.EPOCH)));
    }

    /** Folds and installs one more record, compiling nothing. */
    RulesetInstaller.Pass applyAlone(ControlRecord record) {
        ControlImage image = current.read().image().apply(record, ++offset);
        RulesetInstaller.Pass pass = installer.install(current.read(), image, Instant.EPOCH);
        current.publish(pass.installation());
        return pass;
    }

    /** Compiles, and installs what that makes possible. */
    Installation compile(RulesetImage.Accepted wanted) {
        installer.compile(wanted);
        Installation now = current.read();
        current.publish(installer.install(now, now.image(), Instant.EPOCH).installation());
        return current.read();
    }

    private Installation apply(ControlRecord record) {
        ControlImage image = current.read().image().apply(record, ++offset);
        current.publish(installer.installWhole(current.read(), image, Instant.EPOCH));
        return current.read();
    }

    /** Gives a share of the keys to a version beside the one that runs; none with weight 0. */
    public Installation rollOut(String name, long version, String source, int weight) {
        Installation now = current.read();
        Ruleset stable = Objects.requireNonNull(now.rulesets().get(name).running());
        Ruleset candidate = candidates.computeIfAbsent(
                version,
                number -> new Ruleset(compiler.compile(source).definition().orElseThrow(), number, Digest.of(source)));
        KeySplit split = new KeySplit(name + "/" + version + "/1");
        Arms arms = now.arms()
                .changed(now.active(), List.of(), List.of(new Arms.Rollout(stable, candidate, split, weight)));
        current.publish(now.with(arms));
        return current.read();
    }

    /**
     * Sets rules apart, and no others.
     *
     * @param rules {@code VERSION/RULE}
     */
    public Installation apart(String... rules) {
        Installation now = current.read();
        Set<String> named = Set.of(rules);
        Set<CompiledRule> apart = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Ruleset ruleset : now.arms().rulesets()) {
            ruleset.rules().stream()
                    .filter(rule -> named.contains(ruleset.version() + "/" + rule.id()))
                    .forEach(apart::add);
        }
        current.publish(now.with(now.arms().apart(apart)));
        return current.read();
    }

    /** Takes the version back. */
    public Installation rollBack() {
        Installation now = current.read();
        current.publish(now.with(now.arms().changed(now.active(), List.of(), List.of())));
        return current.read();
    }
}
