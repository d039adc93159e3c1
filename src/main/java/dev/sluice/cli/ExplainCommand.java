package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.app.Catalog;
import dev.sluice.config.EventTopic;
import dev.sluice.config.TopicsConfig;
import dev.sluice.evaluation.AccessPath;
import dev.sluice.evaluation.Explainer;
import dev.sluice.evaluation.Explanation;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.event.AvroEvent;
import dev.sluice.event.AvroEventTypes;
import dev.sluice.events.EventRow;
import dev.sluice.events.EventText;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Event;
import dev.sluice.rule.Expression;
import dev.sluice.rule.ProblemText;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Digest;
import dev.sluice.ruleset.Ruleset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice explain FILE}: how rules are found, or what they make of one event. Needs no cluster. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Tells for each rule of a file how it is found for an event and which fields it needs;",
            "with --event, whether it matches that event, or which condition failed on which values.",
            "Needs no cluster."
        })
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE", description = "The rule file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--event",
            paramLabel = "JSON",
            description = "One event: a JSON object, or the name of a file that holds one.")
    private @Nullable String event;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Event type of --event; needed when rules of the file read several.")
    private @Nullable String type;

    @Option(names = "--rule", paramLabel = "ID", description = "Only this rule; may be given again.")
    private List<String> only = List.of();

    @Override
    public Integer call() {
        TopicsConfig topics = common.load().topics();
        String source = RuleFiles.read(file);
        Compilation compilation = new RuleCompiler(Catalog.of(topics)).compile(source);
        RulesetDefinition definition = compilation.definition().orElse(null);
        if (definition == null) {
            common.say(ProblemText.of(file.toString(), source, compilation.problems()));
            return Exit.REFUSED;
        }
        checkNames(definition);
        Ruleset ruleset = new Ruleset(definition, 1, Digest.of(source));
        if (event == null) {
            tellWays(ruleset);
        } else {
            tellOutcome(ruleset, parse(event, topicOf(topics, definition)));
        }
        return Exit.OK;
    }

    private void checkNames(RulesetDefinition definition) {
        Set<String> ids = definition.rules().stream().map(CompiledRule::id).collect(Collectors.toSet());
        for (String id : only) {
            if (!ids.contains(id)) {
                throw new CommandException(file + " has no rule `" + id + "`");
            }
        }
    }

    private boolean isTold(CompiledRule rule) {
        return only.isEmpty() || only.contains(rule.id());
    }

    private EventTopic topicOf(TopicsConfig topics, RulesetDefinition definition) {
        Set<String> read = definition.rules().stream()
                .filter(rule -> rule.timer() == null)
                .map(CompiledRule::from)
                .collect(Collectors.toSet());
        List<EventTopic> possible = topics.events().stream()
                .filter(topic -> type == null ? read.contains(topic.eventType()) : type.equals(topic.eventType()))
                .toList();
        if (possible.size() == 1) {
            return possible.get(0);
        }
        String known = topics.events().stream().map(EventTopic::eventType).collect(Collectors.joining(", "));
        throw new CommandException(
                type == null
                        ? "name the type of the event with --type; known are " + known
                        : "there is no event type `" + type + "`; known are " + known);
    }

    private static Event parse(String given, EventTopic topic) {
        String json = given.strip().startsWith("{") ? given : RuleFiles.read(Path.of(given));
        EventRow row = EventText.parse(json, topic.schema());
        if (row instanceof EventRow.Event parsed) {
            GenericRecord avro = parsed.event();
            return new AvroEvent(AvroEventTypes.eventType(avro.getSchema()), avro);
        }
        throw new CommandException("the event is no " + topic.eventType() + ": " + ((EventRow.Bad) row).message());
    }

    private void tellWays(Ruleset ruleset) {
        RuleIndexes indexes = RuleIndexes.of(new ActiveRulesets(Map.of(ruleset.name(), ruleset)));
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        for (CompiledRule rule : ruleset.rules()) {
            if (isTold(rule)) {
                List<AccessPath> paths = rule.timer() == null ? indexes.paths(ruleset, rule) : List.of();
                if (common.json()) {
                    rules.add(ExplainJson.way(rule, paths));
                } else {
                    ExplainText.way(rule, paths).forEach(common::say);
                }
            }
        }
        if (common.json()) {
            common.printJson(rules);
        }
    }

    private void tellOutcome(Ruleset ruleset, Event given) {
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        for (Explanation explanation : Explainer.explain(ruleset, given)) {
            if (isTold(explanation.rule())) {
                if (common.json()) {
                    rules.add(ExplainJson.outcome(explanation));
                } else {
                    ExplainText.outcome(explanation).forEach(common::say);
                }
            }
        }
        if (common.json()) {
            common.printJson(rules);
        }
    }

    /** The fields that the condition reads. */
    static Set<String> needed(CompiledRule rule) {
        Expression when = rule.when();
        return when == null ? Set.of() : new TreeSet<>(when.fields());
    }

    /** The fields that are read when it matches. */
    static Set<String> emitted(CompiledRule rule) {
        if (rule.windowing() != null) {
            return new TreeSet<>(rule.windowing().fields());
        }
        return rule.emit().values().stream()
                .flatMap(value -> value.fields().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
