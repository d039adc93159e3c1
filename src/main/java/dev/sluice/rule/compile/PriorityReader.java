package dev.sluice.rule.compile;

import dev.sluice.rule.Mode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The {@code priority} of rules and templates, which has a meaning only where the first match decides. */
final class PriorityReader {
    private final Problems problems;
    private final Mode mode;

    PriorityReader(Problems problems, Mode mode) {
        this.problems = problems;
        this.mode = mode;
    }

    /** The priority given; empty when there is none, or none that counts (a problem). */
    OptionalLong read(Mapping keys, @Nullable String rule) {
        Located priority = keys.optional("priority");
        if (priority == null) {
            return OptionalLong.empty();
        }
        if (mode != Mode.FIRST_MATCH) {
            problems.error(
                    keys.keyPlace("priority"),
                    "needs-first-match",
                    rule,
                    "`priority` orders rules of which the first match decides; set `mode: first_match` at the top of"
                            + " the file, or remove it");
            return OptionalLong.empty();
        }
        if (keys.has("every")) {
            refuseOfTimer(keys, rule);
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(priority.text()));
        } catch (NumberFormatException e) {
            problems.error(
                    priority.place(),
                    "wrong-type",
                    rule,
                    "`priority` must be a whole number of at most 64 bits, not `" + Names.shortened(priority.text())
                            + "`");
            return OptionalLong.empty();
        }
    }

    /** For a rule that goes by the clock. */
    void refuseOfTimer(Mapping keys, @Nullable String rule) {
        problems.error(
                keys.keyPlace("priority"),
                TimerReader.CONFLICT,
                rule,
                "a rule with `every` goes by the clock and is not tried before or after others; remove `priority`");
    }
}
