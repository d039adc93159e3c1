package dev.sluice.deployment;

import dev.sluice.deployment.Command.Move;
import dev.sluice.deployment.Deployment.Origin;
import dev.sluice.deployment.Situation.Candidate;
import dev.sluice.deployment.StoryFleet.Behaviour;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.rule.compile.RuleCompiler.DeploymentReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A deployment told line by line. A line begins with the time since noon, and says what happens then:
 *
 * <pre>
 *   0:00 a b c join                         instances; `d leaves`, `b freezes`, `b thaws`, `b lags`
 *   0:00 b refuses 2: no such field
 *   0:00 publish 2 {strategy: canary}       what a rule file has under `deployment`
 *   0:00 traffic 300                        events a second
 *   0:00 version 2: 5 % errors, 400 us      also `timeouts`, `alerts`
 *   0:00 a pauses for 500 ms
 *   0:00 anna: pause (looks odd)            a command, with a reason
 *   0:00 another decider takes over
 *   0:00 3 others are split
 *   9:00 end
 * </pre>
 *
 * Indented lines are what comes of it: they are told by the decider. Other lines are for people.
 */
final class Story {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Pattern INPUT = Pattern.compile("(\\d+):(\\d\\d)(?::(\\d\\d))? (.+)");
    private static final Pattern COMMAND = Pattern.compile("(\\w+): (\\w+)(?: (\\d+))?(?: \\((.*)\\))?");
    private static final Pattern BEHAVIOUR = Pattern.compile("version (\\d+): (.*)");
    private static final Pattern PUBLISH = Pattern.compile("publish (\\d+)(?: (.*))?");

    private final StoryFleet fleet = new StoryFleet();
    private final TreeMap<Long, Candidate> published = new TreeMap<>();
    private final StringBuilder told = new StringBuilder();
    private final List<Decision.Transition> transitions = new ArrayList<>();
    private final @Nullable Duration killedAt;
    private Instant now = NOON;
    private HealthHistory health = new HealthHistory(NOON);
    private @Nullable Deployment deployment;
    private String shown = "";
    private int splits;
    private int commands;

    /** @param killedAt when a decider dies and another takes over, beside what the story says; null: never */
    Story(@Nullable Duration killedAt) {
        this.killedAt = killedAt;
    }

    /** The story with what the decider made of it. */
    String tell(String text) {
        text.lines().filter(line -> !line.startsWith("  ")).forEach(line -> {
            Matcher input = INPUT.matcher(line);
            if (!input.matches()) {
                told.append(line).append('\n');
                return;
            }
            long hours = Long.parseLong(input.group(1)) * 3600;
            String seconds = input.group(3) == null ? "0" : input.group(3);
            goOnUntil(NOON.plusSeconds(hours + Long.parseLong(input.group(2)) * 60 + Long.parseLong(seconds)));
            told.append(line).append('\n');
            happens(input.group(4));
        });
        return told.toString();
    }

    List<Decision.Transition> transitions() {
        return transitions;
    }

    @Nullable Deployment deployment() {
        return deployment;
    }

    private void goOnUntil(Instant then) {
        while (now.isBefore(then)) {
            now = now.plusSeconds(1);
            if (Duration.between(NOON, now).equals(killedAt)) {
                takeOver();
            }
            fleet.second(now, published.keySet(), deployment, health);
            health.mark(now);
            take(Decider.look(deployment, situation()));
        }
    }

    private Situation situation() {
        return new Situation("payments", now, published, fleet.view(), health, splits);
    }

    private void takeOver() {
        health = new HealthHistory(now);
        fleet.takeOver(now, health);
    }

    private void happens(String what) {
        Matcher publish = PUBLISH.matcher(what);
        Matcher behaviour = BEHAVIOUR.matcher(what);
        Matcher command = COMMAND.matcher(what);
        if (publish.matches()) {
            publish(Long.parseLong(publish.group(1)), publish.group(2));
        } else if (behaviour.matches()) {
            fleet.behave(Long.parseLong(behaviour.group(1)), behaviour(behaviour.group(2)));
        } else if (command.matches()) {
            command(command);
        } else if (what.equals("another decider takes over")) {
            takeOver();
        } else if (what.startsWith("traffic ")) {
            fleet.traffic(Double.parseDouble(what.substring(8)));
        } else if (what.endsWith(" others are split")) {
            splits = Integer.parseInt(what.substring(0, what.indexOf(' ')));
        } else if (!what.equals("end")) {
            ofInstances(what);
        }
    }

    private void publish(long version, @Nullable String text) {
        DeploymentReading reading = RuleCompiler.deployment(text == null ? "blue_green" : text, DeploymentSpec.DEFAULT);
        if (!reading.problems().isEmpty()) {
            throw new IllegalArgumentException(reading.problems().toString());
        }
        Origin origin = new Origin("ci", "version " + version);
        published.put(version, new Candidate(version, reading.spec().orElseThrow(), reading.stageOnly(), origin));
    }

    private static Behaviour behaviour(String text) {
        Behaviour good = Behaviour.GOOD;
        Map<String, Double> parts = new HashMap<>();
        for (String part : text.split(", ", -1)) {
            String[] words = part.split(" ", -1);
            double value = Double.parseDouble(words[0]);
            parts.put(words[words.length - 1], words[1].equals("%") ? value / 100 : value);
        }
        return new Behaviour(
                parts.getOrDefault("errors", good.errors()),
                parts.getOrDefault("timeouts", good.timeouts()),
                parts.getOrDefault("alerts", good.alerts()),
                parts.getOrDefault("us", (double) good.micros()).longValue());
    }

    private void ofInstances(String what) {
        List<String> words = new ArrayList<>(List.of(what.replace(":", "").split(" ")));
        List<String> ids = new ArrayList<>();
        while (words.get(0).length() == 1) {
            ids.add(words.remove(0));
        }
        for (String id : ids) {
            switch (words.get(0)) {
                case "join", "joins", "restarts" -> fleet.join(id, now);
                case "leave", "leaves" -> fleet.leave(id, health);
                case "freeze", "freezes", "dies" -> fleet.freeze(id);
                case "thaws", "compiles" -> fleet.thaw(id);
                case "lags" -> fleet.lag(id);
                case "refuses" ->
                    fleet.refuse(id, Long.parseLong(words.get(1)), String.join(" ", words.subList(2, words.size())));
                case "pauses" -> fleet.pause(id, Duration.ofMillis(Long.parseLong(words.get(2))));
                default -> throw new IllegalArgumentException("what happens? " + what);
            }
        }
    }

    private void command(Matcher text) {
        @Nullable Long version = text.group(3) == null ? null : Long.valueOf(text.group(3));
        String reason = text.group(4) == null ? "" : text.group(4);
        Command command =
                new Command("c" + ++commands, new Origin(text.group(1), reason), move(text.group(2), version));
        Decision decision = Decider.command(deployment, command, situation());
        take(decision);
        told.append("  ").append(answer(decision.answer())).append('\n');
    }

    private static Move move(String word, @Nullable Long version) {
        return switch (word) {
            case "activate" -> new Command.Activate(version);
            case "advance" -> new Command.Advance();
            case "pause" -> new Command.Pause();
            case "resume" -> new Command.Resume();
            case "promote" -> new Command.Promote();
            case "abort" -> new Command.Abort();
            case "rollback" -> new Command.Rollback(version);
            default -> throw new IllegalArgumentException("no command " + word);
        };
    }

    private static String answer(@Nullable Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            return "refused: " + refused.message();
        }
        return answer instanceof Answer.Accepted accepted
                ? "accepted: " + accepted.state().word()
                : "no answer";
    }

    private void take(Decision decision) {
        for (Decision.Transition transition : decision.transitions()) {
            String from = transition.from().isEmpty() ? "" : transition.from() + " -> ";
            told.append("  %s version %d: %s%s (%s: %s)%n"
                    .formatted(
                            clock(),
                            transition.version(),
                            from,
                            transition.to(),
                            transition.by(),
                            transition.reason()));
        }
        transitions.addAll(decision.transitions());
        decision.next().ifPresent(next -> deployment = next);
        if (deployment != null && !shown.equals(serving(deployment.routing()))) {
            shown = serving(deployment.routing());
            told.append("  ").append(clock()).append(' ').append(shown).append('\n');
        }
    }

    private String clock() {
        long seconds = Duration.between(NOON, now).toSeconds();
        return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String serving(Deployment.Routing routing) {
        String stable = routing.stable() == null ? "nothing serves" : "version " + routing.stable() + " serves";
        if (routing.candidate() != null) {
            return stable + ", version " + routing.candidate() + " " + routing.weight() * 100.0 / KeySplit.BUCKETS
                    + " % of the keys";
        }
        return routing.prepared() == null ? stable : stable + ", version " + routing.prepared() + " is fed";
    }
}
