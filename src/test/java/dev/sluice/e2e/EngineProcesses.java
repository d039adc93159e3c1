package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.SluiceConfig;
import dev.sluice.control.Fleet;
import dev.sluice.schema.InstanceState;
import dev.sluice.schema.InstanceStatus;
import dev.sluice.schema.RulesetStatus;
import dev.sluice.testing.ChildEngine;
import dev.sluice.testing.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Three engines, each in a process of its own, with heartbeats as by default; and what they say of themselves. */
final class EngineProcesses implements AutoCloseable {
    static final List<String> NAMES = List.of("one", "two", "three");
    static final String HEARTBEAT_MS = "1000";

    private final Map<String, ChildEngine> processes = new LinkedHashMap<>();
    private final Fleet fleet;

    private EngineProcesses(Sandbox sandbox) {
        SluiceConfig config = sandbox.config("reader");
        fleet = Fleet.read(config.topics().names().status(), config.kafka(), Sandbox.LIMIT);
        NAMES.forEach(name ->
                processes.put(name, sandbox.startChild(name, Map.of("SLUICE_ENGINE_HEARTBEAT_MS", HEARTBEAT_MS))));
    }

    /** Returns when each of them evaluates. */
    static EngineProcesses start(Sandbox sandbox) {
        EngineProcesses started = new EngineProcesses(sandbox);
        started.await(
                "all three evaluate",
                all -> assertThat(all).hasSize(NAMES.size()).allSatisfy(status -> {
                    assertThat(status.getState()).isEqualTo(InstanceState.RUNNING);
                    assertThat(status.getWorkers()).isNotEmpty();
                }));
        return started;
    }

    /** What must hold of the last reports of those that live. */
    interface Demand {
        void holds(List<InstanceStatus> live);
    }

    void await(String what, Demand demand) {
        Awaitility.await(what).atMost(Sandbox.LIMIT).untilAsserted(() -> {
            fleet.poll(Duration.ofMillis(50));
            demand.holds(fleet.live(Instant.now()));
        });
    }

    /** Waits until every evaluating thread of those named has read that the version has all keys. */
    void awaitServing(String ruleset, long version, List<String> names) {
        await(
                "version " + version + " on " + names,
                live -> assertThat(live)
                        .filteredOn(status -> names.contains(status.getInstance()))
                        .hasSize(names.size())
                        .allSatisfy(status -> assertThat(serves(status, ruleset, version))
                                .as(status.getInstance())
                                .isTrue()));
    }

    static boolean serves(InstanceStatus status, String ruleset, long version) {
        return status.getRulesets().stream()
                .filter(each -> each.getName().equals(ruleset))
                .anyMatch(each -> isAlone(each, version));
    }

    private static boolean isAlone(RulesetStatus of, long version) {
        return of.getInUse() && Long.valueOf(version).equals(of.getActive()) && of.getCandidate() == null;
    }

    /** One that does not decide about deployments. */
    String follower() {
        fleet.poll(Duration.ofMillis(50));
        return fleet.live(Instant.now()).stream()
                .filter(status -> status.getFigures().getOrDefault("decides", 0L) == 0)
                .findFirst()
                .orElseThrow()
                .getInstance();
    }

    ChildEngine process(String name) {
        return processes.get(name);
    }

    @Override
    public void close() {
        fleet.close();
    }
}
