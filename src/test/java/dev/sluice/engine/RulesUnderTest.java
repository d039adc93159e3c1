package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.control.Installation;
import dev.sluice.control.Installations;
import dev.sluice.evaluation.Emission;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.Handover;
import dev.sluice.evaluation.Moment;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.evaluation.Sample;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventTypes;
import dev.sluice.ruleset.ReloadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One task with the rules that are published to it: stored windows and evaluation as in the engine, without Kafka. */
final class RulesUnderTest {
    private static final String RULESET = "random";
    private static final int CACHE_KEYS = 3;
    /** A slow machine may leave some of what is due for the next time. */
    private static final int PASSES = 5;

    private final Installations installations =
            new Installations(new EventTypes(Map.of("Reading", Sample.TYPE), Set.of()));
    private final Evaluator evaluator = new Evaluator();
    private final TaskUnderTest task = new TaskUnderTest(CACHE_KEYS);
    private final List<Emission> emissions = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long version;
    private int late;

    /** @param rules a list of rules, as in a file */
    ReloadReport publish(String rules) {
        Installation installation =
                installations.publish(RULESET, ++version, "ruleset: " + RULESET + "\nrules:\n" + rules);
        Installation.OfRuleset installed = installation.rulesets().get(RULESET);
        assertThat(installed.refused()).as(rules).isEmpty();
        task.use(installation.indexes());
        return installed.report();
    }

    /** A windowed rule of the version in force. */
    CompiledRule rule(String id) {
        return installations.current().read().rulesets().get(RULESET).running().rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    void event(Sample event) {
        long streamMs = task.windows.advanced(event.time());
        pass(streamMs);
        Moment moment = event.moment(streamMs);
        RuleIndexes indexes = installations.current().read().indexes();
        Evaluation evaluation = evaluator.evaluate(indexes, event.event(), moment, task.windows);
        note(evaluation, moment);
        for (Handover handover : evaluation.handovers()) {
            note(
                    evaluator.received(indexes, handover, streamMs, task.windows),
                    handover.way().moment());
        }
    }

    private void pass(long streamMs) {
        for (int i = 0; i < PASSES; i++) {
            task.windows.forEachDue(
                    streamMs,
                    due -> note(
                            evaluator.passed(installations.current().read().indexes(), due, streamMs, task.windows),
                            due.newest(streamMs)));
        }
    }

    private void note(Evaluation evaluation, Moment moment) {
        evaluation.failures().forEach(failure -> failures.add(failure.rule().id() + ": " + failure.reason()));
        late += evaluation.late().size();
        evaluation.matches().stream()
                .filter(match -> match.sight() != null)
                .forEach(match -> emissions.add(Emission.of(match, moment)));
    }

    /** What a task does from time to time. */
    void idle() {
        task.sweep();
        pass(task.windows.streamMs());
    }

    /** Begins anew with what is written. */
    void restart() {
        task.restart();
    }

    /** What windowed rules emitted since the last time. */
    List<Emission> take() {
        List<Emission> taken = new ArrayList<>(emissions);
        emissions.clear();
        return taken;
    }

    List<String> failures() {
        return failures;
    }

    int late() {
        return late;
    }
}
