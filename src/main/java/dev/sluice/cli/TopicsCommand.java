package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.topics.TopicPlan;
import dev.sluice.topics.TopicStep;
import dev.sluice.topics.Topics;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice topics}: what topics.yaml declares against what the cluster has. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Creates the topics of topics.yaml, or shows where the cluster differs.",
        subcommands = {TopicsCommand.Apply.class, TopicsCommand.Diff.class})
final class TopicsCommand {

    /** {@code sluice topics apply}. */
    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Creates the topics that are missing. Live topics are never changed.")
    static final class Apply implements Callable<Integer> {
        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            try (Topics topics = Topics.connect(common.load(), Topics.DEFAULT_TIMEOUT)) {
                Topics.Applied applied = topics.apply();
                if (common.json()) {
                    common.printJson(json(applied.plan(), applied.created()));
                } else {
                    applied.created().forEach(name -> common.say("created " + name));
                    print(common, applied.plan());
                    common.say(applied.created().size() + " created");
                }
                return applied.plan().refusals().isEmpty() ? Exit.OK : Exit.REFUSED;
            }
        }
    }

    /** {@code sluice topics diff}. */
    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "Shows what is missing or differs, and changes nothing. Exit code 1 when anything does.")
    static final class Diff implements Callable<Integer> {
        @Mixin
        private final CommonOptions common = new CommonOptions();

        @Override
        public Integer call() {
            try (Topics topics = Topics.connect(common.load(), Topics.DEFAULT_TIMEOUT)) {
                TopicPlan plan = topics.plan();
                if (common.json()) {
                    common.printJson(json(plan, List.of()));
                } else {
                    plan.creations().forEach(step -> common.say("missing: " + step.text()));
                    print(common, plan);
                    if (plan.steps().isEmpty()) {
                        common.say("every topic is as declared");
                    }
                }
                return plan.steps().isEmpty() ? Exit.OK : Exit.REFUSED;
            }
        }
    }

    private static void print(CommonOptions common, TopicPlan plan) {
        plan.differences().forEach(step -> common.say("differs: " + step.text()));
        plan.refusals().forEach(step -> common.say("refused: " + step.text()));
    }

    private static ObjectNode json(TopicPlan plan, List<String> created) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        created.forEach(node.putArray("created")::add);
        ArrayNode missing = node.putArray("missing");
        plan.creations().stream()
                .map(TopicStep::topic)
                .filter(name -> !created.contains(name))
                .forEach(missing::add);
        ArrayNode differences = node.putArray("differences");
        plan.differences()
                .forEach(step -> differences
                        .addObject()
                        .put("topic", step.topic())
                        .put("property", step.property())
                        .put("declared", step.declared())
                        .put("live", step.live()));
        ArrayNode refusals = node.putArray("refusals");
        plan.refusals()
                .forEach(step -> refusals.addObject().put("topic", step.topic()).put("reason", step.reason()));
        return node;
    }
}
