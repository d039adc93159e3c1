package dev.sluice.engine;

import dev.sluice.config.WindowsConfig;
import dev.sluice.config.WindowsConfig.StoreKind;
import dev.sluice.evaluation.Arm;
import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.Evaluator.ArmedEvent;
import dev.sluice.evaluation.Handover;
import dev.sluice.evaluation.Match;
import dev.sluice.evaluation.Moment;
import dev.sluice.evaluation.Sample;
import dev.sluice.rule.CompiledRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One task that reads events and what it hands over itself, with versions side by side: stored windows, records of handovers
 * and evaluation as in the engine, without Kafka.
 */
final class ArmedTask {
    private static final int CACHE_KEYS = 3;
    private static final Origin ORIGIN = Origin.ofEvents("readings-0", () -> 0, 5_000);
    /** A slow machine may leave some of what is due for the next time. */
    private static final int PASSES = 5;

    private final Evaluator evaluator = new Evaluator();
    private final HandoverCodec codec = new HandoverCodec();
    private final TaskUnderTest task;
    private final List<Said> said = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private Arms arms = Arms.NONE;
    private long streamMs = Long.MIN_VALUE;

    /**
     * What a version emitted.
     *
     * @param key by which it belongs to the version
     * @param startMs of the window; 0 of a rule without
     */
    record Said(long version, Arm arm, CompiledRule rule, String key, long startMs, String what) {
        /** To compare by. */
        String text() {
            return "version " + version + ", " + arm + ": " + what;
        }
    }

    /** @param home rules of which the task has all events of a key; others are handed over */
    ArmedTask(Predicate<CompiledRule> home) {
        task = new TaskUnderTest(new WindowsConfig(StoreKind.MEMORY, CACHE_KEYS, 5_000, 60_000), home);
    }

    void use(Arms next) {
        arms = next;
        task.use(next);
        task.sweep();
    }

    long streamMs() {
        return streamMs;
    }

    void event(Sample sample) {
        streamMs = task.windows.advanced(sample.time());
        pass();
        Moment moment = sample.moment(streamMs);
        note(evaluator.evaluate(arms, arms.of(moment), new ArmedEvent(sample.event(), moment, task.windows)), moment);
    }

    private void pass() {
        for (int i = 0; i < PASSES; i++) {
            task.windows.forEachDue(
                    streamMs, due -> note(evaluator.passed(arms, due, streamMs, task.windows), due.newest(streamMs)));
        }
    }

    private void note(Evaluation evaluation, Moment moment) {
        evaluation.failures().forEach(failure -> failures.add(failure.rule().id() + ": " + failure.reason()));
        evaluation.matches().forEach(match -> said.add(said(match, moment)));
        for (Handover handover : evaluation.handovers()) {
            Handover arrived = codec.read(
                            codec.key(handover),
                            codec.value(handover, ORIGIN, arms),
                            new HandoverCodec.Receiving(arms, task.windows))
                    .handover();
            if (arrived != null) {
                note(
                        evaluator.received(arms, arrived, streamMs, task.windows),
                        arrived.way().moment());
            }
        }
    }

    private Said said(Match match, Moment moment) {
        Match.Sight sight = match.sight();
        return new Said(
                match.ruleset().version(),
                arms.arm(match.ruleset()),
                match.rule(),
                sight == null ? String.valueOf(moment.key()) : sight.key(),
                sight == null ? 0 : sight.window().startMs(),
                match.id(moment) + " " + match.values());
    }

    /** Begins anew with what is written; finds when it is due. */
    void restart() {
        task.restart();
        task.sweep();
    }

    void sweep() {
        task.sweep();
    }

    /** What was emitted since the last time. */
    List<Said> take() {
        List<Said> taken = new ArrayList<>(said);
        said.clear();
        return taken;
    }

    List<String> failures() {
        return failures;
    }
}
