package dev.sluice.rule.compile;

import dev.sluice.rule.Mode;
import dev.sluice.text.NearestName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code rules} of a rule file, written out or from a template. */
final class RuleReader {
    private static final List<String> KEYS = Stream.of(
                    List.of("id", "description"), BodyReader.KEYS, List.of("priority", "template", "with"))
            .flatMap(List::stream)
            .toList();
    static final List<String> KEYS_LATER = List.of("pool", "mode");

    private final SourceText file;
    private final Problems problems;
    private final Names names;
    private final BodyReader bodies;
    private final PriorityReader priorities;
    private final ConstantReader arguments;
    private final Map<String, Template> templates = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Map<String, Place> ids = new HashMap<>();

    RuleReader(SourceText file, Problems problems, Mode mode, List<Template> templates) {
        this.file = file;
        this.problems = problems;
        this.names = new Names(problems);
        this.bodies = new BodyReader(problems);
        this.priorities = new PriorityReader(problems, mode);
        this.arguments = new ConstantReader(problems);
        templates.forEach(template -> this.templates.put(template.name(), template));
    }

    /** The rule, or empty with problems. */
    Optional<RuleFile.Rule> read(YamlNode item) {
        Mapping keys = Mapping.of("a rule", item, file, problems);
        if (keys == null) {
            return Optional.empty();
        }
        Located id = names.checked(keys.required("id"), Names.Kind.ID, "a rule's id", null);
        keys.nameProblemsAfter(id == null ? null : id.text());
        keys.allowOnly(KEYS, KEYS_LATER);
        if (id != null) {
            refuseSecond(id);
        }
        return Optional.ofNullable(keys.has("template") ? fromTemplate(keys, id) : writtenOut(keys, id));
    }

    void warnOfUnusedTemplates() {
        for (Template template : templates.values()) {
            if (!used.contains(template.name())) {
                problems.warning(
                        template.place(),
                        "unused-template",
                        null,
                        "no rule uses template `" + Names.shortened(template.name()) + "`, so its expressions are not"
                                + " checked; use it or remove it");
            }
        }
    }

    private RuleFile.@Nullable Rule writtenOut(Mapping keys, @Nullable Located id) {
        String rule = id == null ? null : id.text();
        if (keys.has("with")) {
            problems.error(
                    keys.keyPlace("with"),
                    "missing-key",
                    rule,
                    "`with` gives values to a template; name it with `template`, or remove `with`");
        }
        RuleFile.Body body = bodies.read(keys, rule);
        String description = keys.description();
        long priority = priorities.read(keys, rule).orElse(0);
        return id == null || body == null
                ? null
                : new RuleFile.Rule(id, description, body, priority, RuleFile.Origin.NONE);
    }

    private RuleFile.@Nullable Rule fromTemplate(Mapping keys, @Nullable Located id) {
        String rule = id == null ? null : id.text();
        refuseBodyKeys(keys, rule);
        String description = keys.description();
        Template template = template(keys, rule);
        if (template == null || id == null) {
            return null;
        }
        long priority = priorities.read(keys, rule).orElse(template.priority());
        Map<String, Constant> values = arguments.arguments(template, keys, id.text());
        RuleFile.Body body = template.body();
        if (body == null || values == null) {
            return null;
        }
        if (body.every() != null && keys.has("priority")) {
            priorities.refuseOfTimer(keys, rule);
        }
        problems.foundIn(template, id.text());
        return new RuleFile.Rule(
                id,
                description.isEmpty() ? template.description() : description,
                body,
                priority,
                new RuleFile.Origin(template.name(), values, List.of()));
    }

    private void refuseBodyKeys(Mapping keys, @Nullable String rule) {
        for (String key : BodyReader.KEYS) {
            if (keys.has(key)) {
                problems.error(
                        keys.keyPlace(key),
                        "template-conflict",
                        rule,
                        "a rule from a template takes `" + key + "` from it; remove it here, or remove `template`");
            }
        }
    }

    private @Nullable Template template(Mapping keys, @Nullable String rule) {
        Located name = keys.optional("template");
        if (name == null) {
            return null;
        }
        Template template = templates.get(name.text());
        used.add(name.text());
        if (template == null) {
            problems.error(
                    name.place(),
                    "unknown-template",
                    rule,
                    "there is no template `" + Names.shortened(name.text()) + "`"
                            + (templates.isEmpty()
                                    ? "; write it under `templates` at the top of the file"
                                    : NearestName.hint(name.text(), templates.keySet())));
        }
        return template;
    }

    private void refuseSecond(Located id) {
        Place first = ids.putIfAbsent(id.text(), id.place());
        if (first != null) {
            problems.error(
                    id.place(),
                    "duplicate-rule",
                    id.text(),
                    "rule id `" + id.text() + "` is already used at " + first + "; give each rule an id of its own");
        }
    }
}
