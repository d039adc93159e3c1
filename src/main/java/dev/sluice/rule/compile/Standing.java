package dev.sluice.rule.compile;

import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import java.util.List;
import java.util.Optional;

/**
 * A ruleset that compiled, with what it takes to compile only the changed rules of its next version.
 *
 * @param layout rule {@code i} of the layout is rule {@code i} of the definition
 * @param hasNames whether the file has constants or templates, from which rules may be written out
 */
record Standing(String source, Layout layout, RulesetDefinition definition, Warnings warnings, boolean hasNames) {

    /** Empty when the ruleset's next version has to be read as a whole. */
    static Optional<Standing> of(
            String source, Layout layout, RuleFile file, RulesetDefinition definition, Warnings warnings) {
        boolean hasNames = !file.constants().isEmpty() || !file.templates().isEmpty();
        return Optional.of(new Standing(source, layout, definition, warnings, hasNames))
                .filter(Standing::isRegular);
    }

    private boolean isRegular() {
        return layout.rules() == definition.rules().size() && isEachInItsPlace(warnings.found());
    }

    boolean isEachInItsPlace(List<Problem> found) {
        return found.stream().allMatch(this::isInItsPlace);
    }

    private boolean isInItsPlace(Problem warning) {
        int at = layout.ruleAt(warning.line());
        boolean outside = at < 0 || at >= layout.rules();
        return warning.rule() == null
                ? outside
                : !outside && definition.rules().get(at).id().equals(warning.rule());
    }

    /** Length in chars of the text from the first rule to the end of the last. */
    int rulesLength() {
        return layout.start(layout.rules()) - layout.start(0);
    }

    /** The text before the first rule, and that after the last. */
    String around(String piece) {
        return source.substring(0, layout.start(0)) + piece + source.substring(layout.start(layout.rules()));
    }
}
