package dev.sluice.evaluation;

import dev.sluice.rule.CompiledRule;
import dev.sluice.ruleset.Ruleset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule that matched an event, or what it makes of several.
 *
 * @param path ids of the rules from the one that read the event to this one, joined by {@code >}; just the id for a
 *     rule that reads the event itself
 * @param values the emit type's fields, in its order
 * @param sight the window that the rule looked at; null for a rule that looks at each event alone
 */
public record Match(
        Ruleset ruleset,
        CompiledRule rule,
        String path,
        List<@Nullable Object> values,
        Occasion occasion,
        @Nullable Sight sight) {

    /** A match of a rule that looks at each event alone, on the way of an event. */
    public Match(Ruleset ruleset, CompiledRule rule, String path, List<@Nullable Object> values) {
        this(ruleset, rule, path, values, Occasion.EVENT, null);
    }

    /**
     * The window that a rule looked at.
     *
     * @param key text of the group key
     */
    public record Sight(WindowSpan window, String key) {}

    /**
     * The same for the same events and rules, whoever evaluates them and however often: {@code POSITION/RULESET/PATH}, with
     * {@code @START_MS} added for each tumbling or hopping window on the way; at the end of a window {@code
     * RULESET/PATH/KEY@START_MS}, after a silence {@code RULESET/PATH/KEY@LAST_EVENT_MS}.
     *
     * @param atHand moment of the event that was evaluated
     */
    public String id(Moment atHand) {
        String place = ruleset.name() + "/" + path;
        return occasion.key() == null
                ? atHand.position() + "/" + place + occasion.marks()
                : place + "/" + occasion.key() + occasion.marks();
    }

    /**
     * When it happened: at the event at hand, or when time passed.
     *
     * @param atHand moment of the event that was evaluated
     */
    public Moment moment(Moment atHand) {
        return occasion.moment() == null ? atHand : occasion.moment();
    }
}
