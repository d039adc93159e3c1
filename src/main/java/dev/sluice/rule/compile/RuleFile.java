package dev.sluice.rule.compile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule file as written: names not resolved, expressions not parsed. */
record RuleFile(String name, String description, List<Rule> rules) {
    RuleFile {
        rules = List.copyOf(rules);
    }

    record Rule(
            Located id,
            String description,
            Located from,
            @Nullable Located when,
            Emission emit) {}

    /** @param fields in the order of the file */
    record Emission(Located type, @Nullable Located topic, Map<String, Located> fields) {}
}
