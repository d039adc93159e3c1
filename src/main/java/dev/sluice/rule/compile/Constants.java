package dev.sluice.rule.compile;

import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.Timer;
import dev.sluice.rule.compile.ExpressionTokens.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the constants and template arguments of a rule file out in its expressions. One use. */
final class Constants {
    private final RuleFile file;
    private final Problems problems;
    private final Map<String, Set<String>> fieldsByType = new HashMap<>();
    /** Where the constants and parameters that some expression uses are declared. */
    private final Set<Place> used = new HashSet<>();

    private final IdentityHashMap<Located, List<Token>> tokens = new IdentityHashMap<>();
    private final Set<Clash> clashes = new HashSet<>();

    /** @param owner whose name the constant has: an event type's field, or a window's */
    private record Clash(Place constant, String owner) {}

    Constants(RuleFile file, EventTypes eventTypes, Problems problems) {
        this.file = file;
        this.problems = problems;
        for (RuleFile.Rule rule : file.rules()) {
            fieldsByType.putIfAbsent(
                    rule.emit().type().text(), rule.emit().fields().keySet());
        }
        fieldsByType.put(Timer.SCOPE.name(), Set.of(Timer.TICK, Timer.INSTANCE));
        for (EventType type : eventTypes.byName().values()) {
            fieldsByType.put(
                    type.name(), type.fields().stream().map(Field::name).collect(Collectors.toSet()));
        }
    }

    /** The file with expressions that need no constants. */
    RuleFile writtenOut() {
        if (file.constants().isEmpty() && file.templates().isEmpty()) {
            return file;
        }
        List<RuleFile.Rule> rules = new ArrayList<>();
        file.rules().forEach(rule -> rules.add(writtenOut(rule)));
        if (!problems.hasErrors()) {
            warnOfUnused();
        }
        return new RuleFile(
                file.name(),
                file.description(),
                file.mode(),
                file.deployment(),
                file.constants(),
                file.templates(),
                rules);
    }

    private RuleFile.Rule writtenOut(RuleFile.Rule rule) {
        Scope scope = new Scope(file.constants(), rule.origin().arguments());
        if (scope.isEmpty()) {
            return rule;
        }
        RuleConstants constants = new RuleConstants(rule, scope);
        RuleFile.Rule written = constants.writtenOut();
        constants.uses.forEach(constant -> used.add(constant.place()));
        return written;
    }

    private void warnOfUnused() {
        Set<String> templatesInUse = new HashSet<>();
        file.rules().forEach(rule -> {
            if (rule.origin().template() != null) {
                templatesInUse.add(rule.origin().template());
            }
        });
        for (Template template : file.templates()) {
            if (templatesInUse.contains(template.name())) {
                template.parameters().forEach((name, place) -> warn(place, "unused-parameter", "parameter", name));
            } else {
                useConstantsOf(template);
            }
        }
        file.constants().forEach((name, constant) -> warn(constant.place(), "unused-constant", "constant", name));
    }

    /** What an unused template mentions is not unused as well. */
    private void useConstantsOf(Template template) {
        Scope scope = new Scope(file.constants(), Map.of());
        if (template.body() != null) {
            template.body()
                    .texts()
                    .flatMap(text -> new ConstantWriter(text.text(), scope).uses().stream())
                    .forEach(use -> used.add(use.constant().place()));
        }
    }

    private void warn(Place place, String code, String what, String name) {
        if (!used.contains(place)) {
            problems.warning(place, code, null, "no expression uses " + what + " `" + name + "`; use it or remove it");
        }
    }

    /** The rules of a template share its texts. */
    private List<Token> tokens(Located text) {
        return tokens.computeIfAbsent(text, t -> ConstantWriter.tokens(t.text()));
    }

    /** The constants of one rule. */
    private final class RuleConstants {
        private final RuleFile.Rule rule;
        private final Scope scope;
        private final Set<Constant> uses = new HashSet<>();

        RuleConstants(RuleFile.Rule rule, Scope scope) {
            this.rule = rule;
            this.scope = scope;
        }

        RuleFile.Rule writtenOut() {
            RuleFile.Body body = rule.body().with(this::writtenOut);
            RuleFile.Origin origin = rule.origin();
            List<Constant> ofFile = uses.stream()
                    .filter(use -> use.equals(file.constants().get(use.name())))
                    .toList();
            return new RuleFile.Rule(
                    rule.id(),
                    rule.description(),
                    body,
                    rule.priority(),
                    new RuleFile.Origin(origin.template(), origin.arguments(), ofFile));
        }

        private Located writtenOut(Located text) {
            ConstantWriter writer = new ConstantWriter(text.text(), tokens(text), scope);
            Optional<ConstantWriter.Use> variable = writer.macroVariable();
            variable.ifPresent(use -> refuse(text, use));
            List<ConstantWriter.Use> clear = new ArrayList<>();
            for (ConstantWriter.Use use : writer.uses()) {
                uses.add(use.constant());
                if (isTaken(use.constant().name())) {
                    refuse(use.constant());
                } else if (variable.isEmpty() || !variable.get().constant().equals(use.constant())) {
                    clear.add(use);
                }
            }
            return text.with(writer.write(bounded(text, clear, writer.length(clear))));
        }

        /** Values that would make the text too long to be checked, in many rules perhaps, are not written out. */
        private List<ConstantWriter.Use> bounded(Located text, List<ConstantWriter.Use> uses, long length) {
            if (uses.isEmpty() || length <= ExpressionChecker.LENGTH_MAX) {
                return uses;
            }
            Constant longest = uses.stream()
                    .map(ConstantWriter.Use::constant)
                    .max(Comparator.comparingInt(constant -> constant.literal().length()))
                    .orElseThrow();
            problems.error(
                    text.source().place(0),
                    "too-large",
                    rule.id().text(),
                    "with its constants written out the expression is longer than " + ExpressionChecker.LENGTH_MAX
                            + " characters; shorten `" + longest.name() + "` or split the rule");
            return uses.stream()
                    .map(use -> new ConstantWriter.Use(
                            Constant.unknown(
                                    use.constant().name(), use.constant().place()),
                            use.token()))
                    .toList();
        }

        private boolean isTaken(String name) {
            return isField(name) || isOfWindow(name);
        }

        private boolean isField(String name) {
            return fieldsByType.getOrDefault(rule.reads(), Set.of()).contains(name);
        }

        private boolean isOfWindow(String name) {
            Windowed windowed = rule.windowed();
            return windowed != null && (windowed.aggregates().containsKey(name) || Windowed.OF_WINDOW.contains(name));
        }

        private void refuse(Constant constant) {
            String from = rule.reads();
            boolean field = isField(constant.name());
            if (clashes.add(new Clash(constant.place(), field ? from : ""))) {
                String name = field
                        ? fieldName(from)
                        : (Windowed.OF_WINDOW.contains(constant.name())
                                        ? "a name of the window in"
                                        : "the name of an aggregate of")
                                + " rule `" + rule.id().text() + "`";
                problems.error(
                        constant.place(),
                        "ambiguous-name",
                        null,
                        kind(constant) + " `" + constant.name() + "` has " + name + "; rename the " + kind(constant));
            }
        }

        private String fieldName(String from) {
            String id = "rule `" + rule.id().text() + "`";
            return rule.every() == null
                    ? "the name of a field of " + from + ", which " + id + " reads"
                    : "a name of timer rules, such as " + id;
        }

        private void refuse(Located text, ConstantWriter.Use use) {
            problems.error(
                    text.source().place(use.codePoint(text.text())),
                    "ambiguous-name",
                    rule.id().text(),
                    "the variable `" + use.constant().name() + "` has the name of the " + kind(use.constant()) + " at "
                            + use.constant().place() + "; rename one of them");
        }

        private String kind(Constant constant) {
            return rule.origin().arguments().containsKey(constant.name()) ? "parameter" : "constant";
        }
    }
}
