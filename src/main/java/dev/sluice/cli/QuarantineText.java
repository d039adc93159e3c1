package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.deployment.Quarantine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A rule in quarantine, for people and for scripts. */
final class QuarantineText {
    private QuarantineText() {}

    /** How it stands with the rule, as the answer to a command. */
    static String standing(Quarantine of) {
        String until = of.until() == null ? "" : " until " + of.until() + " at least";
        String reason = of.origin().reason().isEmpty() ? "" : ": " + of.origin().reason();
        return of.ruleset() + " rule " + of.rule() + ": " + of.state().word() + until + reason;
    }

    static ObjectNode json(Quarantine of) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ruleset", of.ruleset())
                .put("rule", of.rule())
                .put("digest", of.digest())
                .put("version", of.version())
                .put("state", of.state().word())
                .put("since", of.since().toString())
                .put("until", text(of.until()))
                .put("actor", of.origin().actor())
                .put("reason", of.origin().reason());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
