package dev.sluice.rule.compile;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The next version of a standing ruleset, compiled from its changed rules only. It answers only when the whole file would
 * compile without error to the very same; in doubt it leaves the file to the compiler of whole files. One use.
 */
final class RevisionCompiler {
    private final EventTypes eventTypes;
    private final Checks checks;
    private final Standing standing;
    private final Revision revision;
    private final List<CompiledRule> kept = new ArrayList<>();
    private final List<CompiledRule> replaced;

    RevisionCompiler(EventTypes eventTypes, Checks checks, Standing standing, Revision revision) {
        this.eventTypes = eventTypes;
        this.checks = checks;
        this.standing = standing;
        this.revision = revision;
        List<CompiledRule> rules = standing.definition().rules();
        replaced = revision.replaced(standing);
        kept.addAll(rules.subList(0, revision.from()));
        kept.addAll(rules.subList(revision.to(), rules.size()));
    }

    /** @param formerRules rules that stay the same objects where they are compiled to the same */
    Optional<Standing> compile(List<CompiledRule> formerRules) {
        String text = revision.file(standing);
        Problems problems = new Problems();
        Optional<RuleFile> file = YamlText.read(text, checks.pace(), problems)
                .filter(document -> revision.isConfirmed(standing, document))
                .flatMap(document ->
                        new RuleFileReader(new SourceText(text), checks.pace(), problems).read(document.root()));
        if (file.isEmpty()
                || problems.hasErrors()
                || file.get().rules().size() != revision.piece().starts().size()) {
            return Optional.empty();
        }
        Map<String, EventType> keptTypes = keptTypes(file.get());
        Former former = new Former(Former.of(formerRules).rules(), keptTypes);
        RulesetDefinition part = new RulesetBuilder(eventTypes, former, checks, problems).build(file.get());
        boolean same = !problems.hasErrors()
                && hasOwnIds(part)
                && keepsTypes(part, keptTypes)
                && keepsChains(part)
                && keepsNames(file.get(), part);
        return same
                ? next(part, warnings(problems.found(), Subsumption.of(file.get(), part.rules(), checks.pace())))
                : Optional.empty();
    }

    /** The emit types of kept rules that matter to the changed ones. */
    private Map<String, EventType> keptTypes(RuleFile file) {
        Set<String> wanted = new HashSet<>();
        file.rules().forEach(rule -> {
            wanted.add(rule.reads());
            wanted.add(rule.emits());
        });
        replaced.forEach(rule -> wanted.add(rule.emit().type().name()));
        Map<String, EventType> types = new HashMap<>();
        for (EventType type : emitted(kept)) {
            if (wanted.contains(type.name())) {
                types.putIfAbsent(type.name(), type);
            }
        }
        return types;
    }

    /** The types that rules emit, in the order of the rules; a type that follows itself only once. */
    @SuppressWarnings("ReferenceEquality") // rules share their types: it saves most of the work
    private static List<EventType> emitted(List<CompiledRule> rules) {
        List<EventType> types = new ArrayList<>();
        EventType last = null;
        for (CompiledRule rule : rules) {
            EventType type = rule.emit().type();
            if (type != last) {
                types.add(type);
                last = type;
            }
        }
        return types;
    }

    private boolean hasOwnIds(RulesetDefinition part) {
        Set<String> ids = new HashSet<>();
        part.rules().forEach(rule -> ids.add(rule.id()));
        replaced.forEach(rule -> ids.remove(rule.id()));
        return ids.isEmpty() || kept.stream().noneMatch(rule -> ids.contains(rule.id()));
    }

    /** Whether every kept rule reads and emits the types that it did. */
    private boolean keepsTypes(RulesetDefinition part, Map<String, EventType> keptTypes) {
        Map<String, EventType> now = new HashMap<>();
        for (CompiledRule rule : part.rules()) {
            EventType type = rule.emit().type();
            now.put(type.name(), type);
            EventType other = keptTypes.get(type.name());
            if (other != null && !other.equals(type)) {
                return false;
            }
        }
        Set<String> first = new HashSet<>();
        emitted(kept.subList(0, revision.from())).forEach(type -> first.add(type.name()));
        Set<String> changed = new HashSet<>();
        for (CompiledRule rule : replaced) {
            EventType type = rule.emit().type();
            String name = type.name();
            if (now.containsKey(name)) {
                if (!type.equals(now.get(name))) {
                    changed.add(name);
                }
            } else if (!keptTypes.containsKey(name)) {
                changed.add(name);
            } else if (!first.contains(name)) {
                // The order of the fields is that of the first rule which emits the type, and here it was that one.
                return false;
            }
        }
        return changed.isEmpty() || kept.stream().noneMatch(rule -> changed.contains(rule.from()));
    }

    private boolean keepsChains(RulesetDefinition part) {
        if (links(replaced.stream()).equals(links(part.rules().stream()))) {
            return true;
        }
        EmitGraph<Chained.Link> graph = new EmitGraph<>(links(Stream.concat(kept.stream(), part.rules().stream())));
        return graph.cycles().isEmpty()
                && ChainLimits.excess(graph.order()).isEmpty()
                && ClockChains.windowed(graph.order()).isEmpty();
    }

    private static List<Chained.Link> links(Stream<CompiledRule> rules) {
        return rules.map(
                        rule -> new Chained.Link(rule.from(), rule.emit().type().name(), rule.windowing() != null))
                .toList();
    }

    /** Whether the same constants and templates are in use, none with the name of a field that only kept rules show. */
    private boolean keepsNames(RuleFile file, RulesetDefinition part) {
        if (file.constants().isEmpty() && file.templates().isEmpty()) {
            return true;
        }
        return names(replaced).equals(names(part.rules()))
                && part.rules().stream().allMatch(this::showsItsFields)
                && kept.stream().allMatch(this::showsItsFields);
    }

    /** Whether what the rule reads does not depend on other rules. */
    private boolean showsItsFields(CompiledRule rule) {
        return rule.timer() != null || eventTypes.byName().containsKey(rule.from());
    }

    private static Set<String> names(List<CompiledRule> rules) {
        Set<String> names = new HashSet<>();
        for (CompiledRule rule : rules) {
            rule.definition().forEach((path, text) -> {
                if (path.equals("template")) {
                    names.add(text);
                } else if (path.startsWith("constants.")) {
                    names.add(path);
                }
            });
        }
        return names;
    }

    private Optional<Standing> next(RulesetDefinition part, Warnings warnings) {
        List<CompiledRule> rules = new ArrayList<>(kept);
        rules.addAll(revision.from(), part.rules());
        Layout layout = standing.layout();
        RulesetDefinition definition =
                new RulesetDefinition(part.name(), part.description(), part.mode(), rules, part.deployment());
        Standing next = new Standing(
                revision.source(),
                layout.with(revision.from(), revision.to(), revision.piece()),
                definition,
                warnings,
                standing.hasNames());
        return next.isEachInItsPlace(warnings.found()) ? Optional.of(next) : Optional.empty();
    }

    /** Those of the kept rules and of the file as they were, those of the changed rules as they are. */
    private Warnings warnings(List<Problem> found, Subsumption changed) {
        Layout layout = standing.layout();
        int length = layout.line(revision.to()) - layout.line(revision.from());
        int shift = revision.piece().lines() - length;
        int lead = layout.line(revision.from()) - layout.line(0);
        List<Problem> warnings = new ArrayList<>();
        for (Problem warning : standing.warnings().found()) {
            int at = layout.ruleAt(warning.line());
            if (at < revision.from()) {
                warnings.add(warning);
            } else if (at >= revision.to()) {
                warnings.add(moved(warning, shift));
            }
        }
        found.stream().filter(w -> w.rule() != null).forEach(w -> warnings.add(moved(w, lead)));
        Subsumption before = standing.warnings().subsumption();
        List<PlacedRule> rules = new ArrayList<>(before.rules().subList(0, revision.from()));
        rules.addAll(PlacedRule.moved(changed.rules(), lead));
        List<PlacedRule> after =
                before.rules().subList(revision.to(), before.rules().size());
        rules.addAll(PlacedRule.moved(after, shift));
        return new Warnings(warnings, new Subsumption(before.mode(), rules));
    }

    static Problem moved(Problem problem, int lines) {
        return new Problem(
                problem.severity(),
                problem.code(),
                problem.rule(),
                problem.line() + lines,
                problem.column(),
                problem.message());
    }
}
