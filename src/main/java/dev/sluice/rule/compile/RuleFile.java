package dev.sluice.rule.compile;

import dev.sluice.rule.Mode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    record Rule(
            Located id,
            String description,
            Located from,
            @Nullable Located when,
            Emission emit,
            long priority,
            Origin origin)
            implements Chained {
        @Override
        public String reads() {
            return from.text();
        }

        @Override
        public String emits() {
            return emit.type().text();
        }

        /** By its place, which no other rule has: the texts need not be walked for it. */
        @Override
        public int hashCode() {
            return id.place().hashCode();
        }
    }

    /** @param fields in the order of the file */
    record Emission(Located type, @Nullable Located topic, Map<String, Located> fields) {}

    /** What a rule reads, wants and sends out. */
    record Body(Located from, @Nullable Located when, Emission emit) {}

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
