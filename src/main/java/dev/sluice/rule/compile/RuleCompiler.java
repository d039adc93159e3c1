package dev.sluice.rule.compile;

import dev.sluice.rule.EventTypes;

/** The one door to the compiler: text of a rule file in, compiled rules or problems out. Safe for many threads. */
public final class RuleCompiler {
    private final EventTypes eventTypes;

    public RuleCompiler(EventTypes eventTypes) {
        this.eventTypes = eventTypes;
    }

    /** Never throws on bad text: every problem of the file is in the result. */
    public Compilation compile(String source) {
        throw new UnsupportedOperationException("to be written: " + eventTypes + source);
    }
}
