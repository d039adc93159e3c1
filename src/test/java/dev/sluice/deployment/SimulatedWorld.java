package dev.sluice.deployment;

import dev.sluice.deployment.Command.Move;
import dev.sluice.deployment.Deployment.Origin;
import dev.sluice.deployment.FleetView.Instance;
import dev.sluice.deployment.SimulatedInstance.Behaviour;
import dev.sluice.deployment.SimulatedInstance.Report;
import dev.sluice.deployment.Situation.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Three instances, a control topic, and a decider that may die at any step. */
final class SimulatedWorld {
    static final Duration STEP = Duration.ofMillis(250);
    static final Duration GONE_AFTER = Duration.ofSeconds(20);
    private static final Duration SILENT_AFTER = Duration.ofSeconds(4);
    private static final int EVENTS = 40;

    final List<SimulatedInstance> instances = new ArrayList<>();
    final List<Object> log = new ArrayList<>();
    final Map<Long, Behaviour> behaviours = new HashMap<>();
    final Deque<Command> commands = new ArrayDeque<>();
    final Set<String> answered = new HashSet<>();
    private final Invariants invariants;
    private final Random random;
    private final RandomDeployments deployments;
    private final Map<String, Report> status = new TreeMap<>();
    private final Map<String, Instant> heard = new HashMap<>();
    private Instant now = Instant.parse("2026-12-01T12:00:00Z");
    private Duration skew = Duration.ZERO;
    private HealthHistory health = new HealthHistory(now);
    private int splits;
    private int events = EVENTS;
    private long versions;
    private int sent;
    private boolean isCalm;
    private final int publishedOneIn;
    private final int commandedOneIn;

    SimulatedWorld(Random random, Invariants invariants) {
        this.random = random;
        this.invariants = invariants;
        this.deployments = new RandomDeployments(random);
        this.publishedOneIn = 60 + random.nextInt(140);
        this.commandedOneIn = 10 + random.nextInt(80);
        for (String id : List.of("a", "b", "c")) {
            SimulatedInstance instance = new SimulatedInstance(id, random);
            instance.start();
            instances.add(instance);
        }
    }

    @Nullable Deployment deployment() {
        for (int i = log.size() - 1; i >= 0; i--) {
            if (log.get(i) instanceof Deployment deployment) {
                return deployment;
            }
        }
        return null;
    }

    Instant now() {
        return now;
    }

    private Instant clock() {
        return now.plus(skew);
    }

    /** Nothing is disturbed any more. */
    void calmDown() {
        isCalm = true;
        splits = 0;
        events = EVENTS;
        behaviours.replaceAll((version, behaviour) -> new Behaviour(0, 200));
        for (SimulatedInstance instance : instances) {
            instance.isFrozen = false;
            if (instance.isDown) {
                instance.start();
            }
        }
    }

    void step() {
        now = now.plus(STEP);
        if (!isCalm) {
            disturb();
        }
        instances.forEach(this::live);
        instances.forEach(this::hear);
        decide();
        invariants.afterStep(this);
    }

    private boolean oneIn(int often) {
        return random.nextInt(often) == 0;
    }

    private void disturb() {
        if (oneIn(publishedOneIn)) {
            publish();
        }
        if (oneIn(commandedOneIn) && versions > 0) {
            commands.add(new Command("c" + ++sent, new Origin("anna", ""), move()));
        }
        if (oneIn(120)) {
            splits = random.nextInt(5);
        }
        if (oneIn(80)) {
            events = random.nextInt(4) == 0 ? 0 : random.nextInt(EVENTS);
        }
        SimulatedInstance one = instances.get(random.nextInt(instances.size()));
        if (one.isDown && oneIn(8)) {
            one.start();
        } else if (one.isFrozen && oneIn(15)) {
            one.isFrozen = false;
        } else if (oneIn(150)) {
            one.isFrozen = true;
        } else if (!one.isDown && oneIn(150)) {
            if (random.nextBoolean()) {
                one.send(arrival(), true);
            }
            one.crash();
        }
        if (oneIn(40)) {
            takeOver();
        }
    }

    private void publish() {
        Candidate candidate =
                new Candidate(++versions, deployments.quick(now), oneIn(8), new Origin("ci", "version " + versions));
        log.add(candidate);
        behaviours.put(versions, new Behaviour(oneIn(3) ? 0.05 : 0, oneIn(4) ? 500 : 200));
    }

    /** Half of them make sense. */
    private Move move() {
        Deployment of = deployment();
        if (of != null && random.nextBoolean()) {
            if (of.state() instanceof DeploymentState.RollingOut) {
                return random.nextBoolean() ? new Command.Pause() : new Command.Advance();
            } else if (of.state() instanceof DeploymentState.Paused) {
                return random.nextInt(3) > 0 ? new Command.Resume() : new Command.Promote();
            }
        }
        @Nullable Long version = random.nextBoolean() ? null : (Long) (1 + (long) random.nextInt((int) versions + 1));
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Command.Activate(version);
            case 2 -> new Command.Advance();
            case 3 -> new Command.Pause();
            case 4 -> new Command.Resume();
            case 5 -> new Command.Promote();
            case 6 -> new Command.Abort();
            default -> new Command.Rollback(version);
        };
    }

    /** Another host, with a clock of its own, that knows what was written and the last report of each. */
    private void takeOver() {
        skew = Duration.ofMillis(random.nextInt(4_000) - 2_000);
        health = new HealthHistory(clock());
        status.forEach((id, report) -> {
            heard.put(id, clock());
            health.report(report.run(), report.counters());
        });
        invariants.tookOver(now);
    }

    private Instant arrival() {
        return now.plusMillis(isCalm || !oneIn(10) ? random.nextInt(300) : random.nextInt(6_000));
    }

    private void live(SimulatedInstance instance) {
        if (!instance.isWell()) {
            return;
        }
        for (int steps = isCalm ? 10 : random.nextInt(4); steps > 0 && instance.offset < log.size(); steps--) {
            Object record = log.get(instance.offset++);
            if (record instanceof Candidate candidate) {
                instance.published(candidate.version());
            } else if (record instanceof Deployment deployment) {
                instance.routing = deployment.routing();
            }
        }
        instance.compile(isCalm ? 0 : 1);
        instance.evaluate(events, behaviours);
        boolean isLost = !isCalm && oneIn(10);
        for (int copies = isLost ? 0 : oneIn(10) ? 2 : 1; copies > 0; copies--) {
            instance.send(arrival(), false);
        }
    }

    private void hear(SimulatedInstance instance) {
        for (Report report = instance.arrived(now); report != null; report = instance.arrived(now)) {
            if (report.isGoodbye()) {
                status.remove(report.id());
                heard.remove(report.id());
                health.forget(report.run());
                invariants.saidGoodbye(report.id());
            } else {
                status.put(report.id(), report);
                heard.put(report.id(), clock());
                health.report(report.run(), report.counters());
                invariants.heard(report.id(), now);
            }
        }
    }

    private Situation situation(HealthHistory known) {
        TreeMap<Long, Candidate> candidates = new TreeMap<>();
        for (Object record : log) {
            if (record instanceof Candidate candidate) {
                candidates.put(candidate.version(), candidate);
            }
        }
        List<Instance> view = new ArrayList<>();
        status.forEach((id, report) -> view.add(new Instance(
                id,
                heard.get(id),
                SILENT_AFTER,
                report.prepared(),
                report.refused(),
                report.serving(),
                report.candidate())));
        return new Situation("payments", clock(), candidates, new FleetView(view, GONE_AFTER), known, splits);
    }

    private void decide() {
        health.mark(clock());
        Deployment before = deployment();
        Command command = commands.peek();
        Situation situation = situation(health);
        Decision decision =
                command == null ? Decider.look(before, situation) : Decider.command(before, command, situation);
        if (command == null) {
            invariants.compare(decision, Decider.look(before, situation(new HealthHistory(clock()))));
        }
        // Who dies before the transaction is committed has decided nothing.
        if (!isCalm && oneIn(30)) {
            takeOver();
            return;
        }
        if (command != null) {
            commands.remove();
            invariants.answered(command, decision, answered.add(command.id()));
        }
        decision.next().ifPresent(next -> {
            log.add(next);
            invariants.written(before, next, this);
        });
    }

    int commandsSent() {
        return sent;
    }
}
