package dev.sluice.rule.compile;

import dev.sluice.deployment.DeploymentWish;
import dev.sluice.rule.Mode;
import dev.sluice.rule.Timer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A rule file as written: names not resolved, expressions not parsed. Rules from templates have their template's parts.
 *
 * @param constants by name
 */
record RuleFile(
        String name,
        String description,
        Mode mode,
        DeploymentWish deployment,
        Map<String, Constant> constants,
        List<Template> templates,
        List<Rule> rules) {
    RuleFile {
        templates = List.copyOf(templates);
        rules = List.copyOf(rules);
    }

    /**
     * @param origin the template and its arguments; {@link Origin#NONE} for a rule written out
     */
    record Rule(Located id, String description, Body body, long priority, Origin origin) implements Chained {
        Located from() {
            return body.from();
        }

        @Nullable Located when() {
            return body.when();
        }

        @Nullable Windowed windowed() {
            return body.windowed();
        }

        @Nullable Every every() {
            return body.every();
        }

        Emission emit() {
            return body.emit();
        }

        @Override
        public String reads() {
            return every() == null ? from().text() : Timer.SCOPE.name();
        }

        @Override
        public String emits() {
            return emit().type().text();
        }

        @Override
        public boolean isWindowed() {
            return windowed() != null;
        }

        /** By its place, which no other rule has: the texts need not be walked for it. */
        @Override
        public int hashCode() {
            return id.place().hashCode();
        }
    }

    /** @param fields in the order of the file */
    record Emission(Located type, @Nullable Located topic, Map<String, Located> fields) {}

    /** How often a rule fires that goes by the clock: as written, and in milliseconds. */
    record Every(Located text, long ms) {}

    /**
     * What a rule reads, wants and sends out.
     *
     * @param from of a rule that goes by the clock the text of {@code every}
     * @param every null for a rule that events set off
     * @param windowed null for a rule that looks at each event alone
     */
    record Body(
            Located from,
            @Nullable Every every,
            @Nullable Located when,
            @Nullable Windowed windowed,
            Emission emit) {
        /** All its expressions. */
        Stream<Located> texts() {
            return Stream.of(
                            Stream.ofNullable(when),
                            Stream.ofNullable(windowed).flatMap(Windowed::texts),
                            emit.fields().values().stream())
                    .flatMap(texts -> texts);
        }

        /** The same with other expressions. */
        Body with(UnaryOperator<Located> change) {
            Map<String, Located> fields = new LinkedHashMap<>();
            emit.fields().forEach((name, text) -> fields.put(name, change.apply(text)));
            return new Body(
                    from,
                    every,
                    when == null ? null : change.apply(when),
                    windowed == null ? null : windowed.with(change),
                    new Emission(emit.type(), emit.topic(), fields));
        }
    }

    /**
     * What a rule's text alone does not tell of it.
     *
     * @param template name; null for a rule written out
     * @param arguments the template's parameters with the rule's values, placed where the template declares them
     * @param constants those of the file that the rule uses
     */
    record Origin(@Nullable String template, Map<String, Constant> arguments, Collection<Constant> constants) {
        static final Origin NONE = new Origin(null, Map.of(), List.of());

        /** Its parts of the rule's definition. */
        Map<String, String> definition() {
            Map<String, String> parts = new HashMap<>();
            if (template != null) {
                parts.put("template", template);
            }
            arguments.forEach((name, value) -> parts.put("with." + name, value.literal()));
            constants.forEach(constant -> parts.put("constants." + constant.name(), constant.literal()));
            return parts;
        }
    }
}
