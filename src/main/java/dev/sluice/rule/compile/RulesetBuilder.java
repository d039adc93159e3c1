package dev.sluice.rule.compile;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Emit;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.Timer;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.Windowing;
import dev.sluice.text.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rule file to a ruleset: names resolved, expressions checked, rules chained. One use. */
final class RulesetBuilder {
    private final EventTypes eventTypes;
    private final Former former;
    private final Checks checks;
    private final RuleExpressions expressions;
    private final WindowingBuilder windows;
    private final Problems problems;
    private final Map<String, EmitType> emitTypes = new HashMap<>();
    /** Rules that emit the same share it: ten thousand rules often differ in nothing but their conditions. */
    private final Map<Emit, Emit> emits = new HashMap<>();

    private final RecentTexts paths = new RecentTexts();
    private final IdentityHashMap<RuleFile.Rule, CompiledRule> compiled = new IdentityHashMap<>();

    /** The type that the first of its rules gave it; not complete when an expression of that rule has a problem. */
    private record EmitType(EventType type, RuleFile.Rule first, boolean complete) {}

    RulesetBuilder(EventTypes eventTypes, Former former, Checks checks, Problems problems) {
        this.eventTypes = eventTypes;
        this.former = former;
        this.checks = checks;
        this.expressions = new RuleExpressions(checks, problems);
        this.windows = new WindowingBuilder(expressions, problems);
        this.problems = problems;
    }

    /** The rules that have no problem, in the order of the file. */
    RulesetDefinition build(RuleFile author) {
        RuleFile file = new Constants(author, eventTypes, problems).writtenOut();
        EmitGraph<RuleFile.Rule> graph = new EmitGraph<>(file.rules());
        for (RuleFile.Rule rule : file.rules()) {
            checkNames(rule, graph);
            checks.pace().step();
        }
        new ChainProblems(problems).tell(graph);
        Checks.texts(file.rules()).forEach((from, texts) -> {
            EventType type = eventTypes.byName().get(from);
            if (type != null) {
                checks.ahead(type, texts);
            }
        });
        for (RuleFile.Rule rule : graph.order()) {
            compile(rule);
            checks.pace().step();
        }
        List<CompiledRule> rules = new ArrayList<>();
        for (RuleFile.Rule rule : file.rules()) {
            CompiledRule done = compiled.get(rule);
            if (done != null) {
                rules.add(done);
            }
        }
        return new RulesetDefinition(file.name(), file.description(), file.mode(), rules, file.deployment());
    }

    private void checkNames(RuleFile.Rule rule, EmitGraph<RuleFile.Rule> graph) {
        String id = rule.id().text();
        String from = rule.reads();
        if (rule.every() == null && source(from) == null && !graph.types().contains(from)) {
            Set<String> known = new HashSet<>(eventTypes.byName().keySet());
            known.addAll(graph.types());
            problems.error(
                    rule.from().place(),
                    "unknown-event-type",
                    id,
                    "no topic or rule has events of type `" + from + "`" + NearestName.didYouMean(from, known));
        }
        Located type = rule.emit().type();
        if (eventTypes.byName().containsKey(type.text())) {
            problems.error(
                    type.place(),
                    "emit-type-taken",
                    id,
                    "`" + type.text() + "` is an event type of a topic; give the emit type a name of its own");
        }
        Located topic = rule.emit().topic();
        if (topic != null && !eventTypes.outputTopics().contains(topic.text())) {
            problems.error(
                    topic.place(),
                    "unknown-topic",
                    id,
                    "`" + topic.text() + "` is no output topic; declare it among the outputs in topics.yaml"
                            + NearestName.didYouMean(topic.text(), eventTypes.outputTopics()));
        }
    }

    private void compile(RuleFile.Rule rule) {
        String id = rule.id().text();
        EventType from = rule.every() == null ? source(rule.reads()) : Timer.SCOPE;
        if (from == null) {
            emitType(rule, Map.of());
            return;
        }
        Located condition = rule.when();
        Expression when =
                condition == null ? null : expressions.when(from, Excerpt.ofEvent(condition, rule.windowed()), id);
        WindowingBuilder.Draft draft = rule.windowed() == null ? null : windows.draft(from, rule);
        EventType over = draft == null ? from : draft.type();
        Map<String, Expression> values = new LinkedHashMap<>();
        for (Map.Entry<String, Located> field : rule.emit().fields().entrySet()) {
            expressions.value(over, field.getValue(), id).ifPresent(value -> values.put(field.getKey(), value));
        }
        EventType type = emitType(rule, values);
        boolean complete = (when != null || condition == null) && (draft == null || draft.complete());
        if (type != null && complete) {
            Emit emit = emit(rule, type, values);
            Windowing windowing = draft == null ? null : windows.windowing(draft, emit.values());
            CompiledRule made = new CompiledRule(
                    id,
                    from.name(),
                    rule.priority(),
                    when,
                    windowing,
                    timer(rule.every(), when, emit),
                    emit,
                    definition(rule));
            compiled.put(rule, former.same(made));
        }
    }

    private static @Nullable Timer timer(RuleFile.@Nullable Every every, @Nullable Expression when, Emit emit) {
        if (every == null) {
            return null;
        }
        List<String> figures = Stream.concat(Stream.ofNullable(when), emit.values().stream())
                .flatMap(expression -> expression.fields().stream())
                .filter(field -> !field.equals(Timer.TICK) && !field.equals(Timer.INSTANCE))
                .distinct()
                .sorted()
                .toList();
        return new Timer(every.ms(), figures);
    }

    private Emit emit(RuleFile.Rule rule, EventType type, Map<String, Expression> values) {
        List<Expression> inOrder = new ArrayList<>();
        for (Field field : type.fields()) {
            inOrder.add(Objects.requireNonNull(values.get(field.name())));
        }
        Located topic = rule.emit().topic();
        return emits.computeIfAbsent(new Emit(type, inOrder, topic == null ? null : topic.text()), e -> e);
    }

    /** The event type to check against; null when there is none. */
    private @Nullable EventType source(String name) {
        EventType event = eventTypes.byName().get(name);
        if (event != null) {
            return event;
        }
        EmitType emitted = emitTypes.get(name);
        return emitted == null ? former.emitTypes().get(name) : emitted.type();
    }

    /** The type of what the rule emits; null when an expression or the type has a problem. */
    private @Nullable EventType emitType(RuleFile.Rule rule, Map<String, Expression> values) {
        List<Field> fields = new ArrayList<>();
        // A field with a problem counts as anything: rules that read it are checked all the same.
        for (String name : rule.emit().fields().keySet()) {
            Expression value = values.get(name);
            fields.add(new Field(name, value == null ? new ValueType.Anything() : value.type()));
        }
        Located type = rule.emit().type();
        boolean complete = values.size() == fields.size() && !fields.isEmpty();
        EmitType known = emitTypes.get(type.text());
        if (known == null) {
            EventType before = former.emitTypes().get(type.text());
            EventType made =
                    before != null && before.fields().equals(fields) ? before : new EventType(type.text(), fields);
            known = new EmitType(made, rule, complete);
            emitTypes.put(type.text(), known);
        }
        if (!complete || !known.complete()) {
            return null;
        }
        if (fields.equals(known.type().fields())
                || new HashSet<>(fields).equals(new HashSet<>(known.type().fields()))) {
            return known.type();
        }
        problems.error(
                type.place(),
                "emit-type-mismatch",
                rule.id().text(),
                "`" + type.text() + "` has the fields " + shown(fields) + " here but "
                        + shown(known.type().fields())
                        + " in rule `" + known.first().id().text() + "` at "
                        + known.first().emit().type().place() + "; make them equal or name another type");
        return null;
    }

    private static String shown(List<Field> fields) {
        Map<String, String> sorted = new TreeMap<>();
        fields.forEach(field -> sorted.put(field.name(), TypeNames.of(field.type())));
        List<String> parts = new ArrayList<>();
        sorted.forEach((name, type) -> parts.add(name + ": " + type));
        return "{" + String.join(", ", parts) + "}";
    }

    private Map<String, String> definition(RuleFile.Rule rule) {
        Map<String, String> parts = new HashMap<>(rule.origin().definition());
        if (!rule.description().isEmpty()) {
            parts.put("description", rule.description());
        }
        parts.put(rule.every() == null ? "from" : "every", rule.from().text());
        if (rule.when() != null) {
            parts.put("when", rule.when().text());
        }
        parts.put("emit.type", rule.emit().type().text());
        Located topic = rule.emit().topic();
        if (topic != null) {
            parts.put("emit.topic", topic.text());
        }
        if (rule.priority() != 0) {
            parts.put("priority", String.valueOf(rule.priority()));
        }
        rule.emit().fields().forEach((name, text) -> parts.put(paths.shared("emit.fields." + name), text.text()));
        if (rule.windowed() != null) {
            parts.putAll(rule.windowed().settings().definition());
        }
        return parts;
    }
}
