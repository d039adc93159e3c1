package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentState;
import dev.sluice.deployment.DeploymentState.Active;
import dev.sluice.deployment.DeploymentState.Failed;
import dev.sluice.deployment.DeploymentState.Paused;
import dev.sluice.deployment.DeploymentState.Preparing;
import dev.sluice.deployment.DeploymentState.RolledBack;
import dev.sluice.deployment.DeploymentState.RollingBack;
import dev.sluice.deployment.DeploymentState.RollingOut;
import dev.sluice.deployment.DeploymentState.Staged;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A deployment to its record and back. */
final class DeploymentCodec {
    private DeploymentCodec() {}

    static dev.sluice.schema.Deployment record(Deployment of) {
        Deployment.Routing routing = of.routing();
        DeploymentState state = of.state();
        var record = dev.sluice.schema.Deployment.newBuilder()
                .setRuleset(of.ruleset())
                .setVersion(of.version())
                .setAttempt(of.attempt())
                .setActive(routing.stable())
                .setCandidate(routing.candidate())
                .setWeight(routing.weight())
                .setSalt(routing.salt())
                .setState(state.word())
                .setSince(state.since())
                .setLineage(of.lineage())
                .setSeen(of.seen())
                .setStageOnly(of.stageOnly())
                .setSpec(SpecJson.write(of.spec()))
                .setActor(of.origin().actor())
                .setActorReason(of.origin().reason());
        if (state instanceof Preparing preparing) {
            record.setUntil(preparing.deadline());
        } else if (state instanceof Staged staged) {
            record.setUntil(staged.goesOnAt()).setReason(staged.reason());
        } else if (state instanceof RollingOut rolling) {
            stage(record, rolling);
        } else if (state instanceof Active active) {
            record.setUntil(active.bakedAt());
        } else if (state instanceof Paused paused) {
            stage(record, paused.was());
            record.setReason(paused.reason());
        } else if (state instanceof RollingBack back) {
            record.setReason(back.reason());
        } else if (state instanceof RolledBack back) {
            record.setReason(back.reason());
        } else if (state instanceof Failed failed) {
            record.setReason(failed.reason());
        }
        return record.build();
    }

    private static void stage(dev.sluice.schema.Deployment.Builder record, RollingOut rolling) {
        record.setStage(rolling.stage())
                .setWeight(rolling.weight())
                .setStageSince(rolling.since())
                .setExtended(rolling.extended());
    }

    /** @throws IllegalArgumentException when it is no deployment that this build knows */
    static Deployment of(dev.sluice.schema.Deployment record) {
        return new Deployment(
                record.getRuleset(),
                record.getVersion(),
                record.getAttempt(),
                SpecJson.read(record.getSpec()),
                state(record),
                record.getLineage(),
                record.getSeen(),
                record.getStageOnly(),
                new Deployment.Origin(record.getActor(), record.getActorReason()));
    }

    private static DeploymentState state(dev.sluice.schema.Deployment record) {
        Instant since = record.getSince();
        return switch (record.getState()) {
            case "Preparing" -> new Preparing(since, required(record.getUntil()));
            case "Staged" -> new Staged(since, record.getUntil(), record.getReason());
            case "RollingOut" -> stage(record);
            case "Active" -> new Active(since, record.getUntil());
            case "Paused" -> new Paused(since, stage(record), record.getReason());
            case "RollingBack" -> new RollingBack(since, record.getReason());
            case "RolledBack" -> new RolledBack(since, record.getReason());
            case "Failed" -> new Failed(since, record.getReason());
            default -> throw new IllegalArgumentException("an unknown state: " + record.getState());
        };
    }

    private static RollingOut stage(dev.sluice.schema.Deployment record) {
        return new RollingOut(
                required(record.getStageSince()), record.getStage(), record.getWeight(), record.getExtended());
    }

    private static Instant required(@Nullable Instant instant) {
        if (instant == null) {
            throw new IllegalArgumentException("an instant is missing");
        }
        return instant;
    }
}
