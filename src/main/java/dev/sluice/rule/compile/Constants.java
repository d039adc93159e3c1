package dev.sluice.rule.compile;

import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the constants and template arguments of a rule file out in its expressions. One use. */
final class Constants {
    private final RuleFile file;
    private final Problems problems;
    private final Map<String, Set<String>> fieldsByType = new HashMap<>();
    /** Where the constants and parameters that some expression uses are declared. */
    private final Set<Place> used = new HashSet<>();

    private final Set<Clash> clashes = new HashSet<>();

    private record Clash(Place constant, String eventType) {}

    Constants(RuleFile file, EventTypes eventTypes, Problems problems) {
        this.file = file;
        this.problems = problems;
        for (RuleFile.Rule rule : file.rules()) {
            fieldsByType.putIfAbsent(
                    rule.emit().type().text(), rule.emit().fields().keySet());
        }
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
        return new RuleFile(file.name(), file.description(), file.mode(), file.constants(), file.templates(), rules);
    }

    private RuleFile.Rule writtenOut(RuleFile.Rule rule) {
        Map<String, Constant> inScope = file.constants();
        if (!rule.origin().arguments().isEmpty()) {
            inScope = new HashMap<>(inScope);
            inScope.putAll(rule.origin().arguments());
        }
        RuleConstants constants = new RuleConstants(rule, inScope);
        if (inScope.isEmpty()) {
            return rule;
        }
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
        if (template.body() != null) {
            Stream.concat(Stream.ofNullable(template.body().when()), template.body().emit().fields().values().stream())
                    .flatMap(text -> new ConstantWriter(text.text(), file.constants()).uses().stream())
                    .forEach(use -> used.add(use.constant().place()));
        }
    }

    private void warn(Place place, String code, String what, String name) {
        if (!used.contains(place)) {
            problems.warning(place, code, null, "no expression uses " + what + " `" + name + "`; use it or remove it");
        }
    }

    /** The constants of one rule. */
    private final class RuleConstants {
        private final RuleFile.Rule rule;
        private final Map<String, Constant> inScope;
        private final Set<Constant> uses = new HashSet<>();

        RuleConstants(RuleFile.Rule rule, Map<String, Constant> inScope) {
            this.rule = rule;
            this.inScope = inScope;
        }

        RuleFile.Rule writtenOut() {
            Located when = rule.when() == null ? null : writtenOut(rule.when());
            RuleFile.Emission emit = rule.emit();
            Map<String, Located> fields = new LinkedHashMap<>();
            emit.fields().forEach((name, text) -> fields.put(name, writtenOut(text)));
            RuleFile.Origin origin = rule.origin();
            List<Constant> ofFile =
                    uses.stream().filter(file.constants()::containsValue).toList();
            return new RuleFile.Rule(
                    rule.id(),
                    rule.description(),
                    rule.from(),
                    when,
                    new RuleFile.Emission(emit.type(), emit.topic(), fields),
                    rule.priority(),
                    new RuleFile.Origin(origin.template(), origin.arguments(), ofFile));
        }

        private Located writtenOut(Located text) {
            ConstantWriter writer = new ConstantWriter(text.text(), inScope);
            Optional<ConstantWriter.Use> variable = writer.macroVariable();
            variable.ifPresent(use -> refuse(text, use));
            List<ConstantWriter.Use> clear = new ArrayList<>();
            for (ConstantWriter.Use use : writer.uses()) {
                uses.add(use.constant());
                if (isField(use.constant())) {
                    refuse(use.constant());
                } else if (variable.isEmpty() || variable.get().constant() != use.constant()) {
                    clear.add(use);
                }
            }
            return text.with(writer.write(clear));
        }

        private boolean isField(Constant constant) {
            return fieldsByType.getOrDefault(rule.from().text(), Set.of()).contains(constant.name());
        }

        private void refuse(Constant constant) {
            if (clashes.add(new Clash(constant.place(), rule.from().text()))) {
                problems.error(
                        constant.place(),
                        "ambiguous-name",
                        null,
                        kind(constant) + " `" + constant.name() + "` has the name of a field of "
                                + rule.from().text() + ", which rule `"
                                + rule.id().text() + "` reads; rename the " + kind(constant));
            }
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
