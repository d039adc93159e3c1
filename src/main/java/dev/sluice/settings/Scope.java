package dev.sluice.settings;

import java.util.Locale;

/** How far a change reaches. A larger scope, which comes first, includes the smaller ones. */
public enum Scope {
    /** What an instance reads as it starts: never a change of the fleet's settings. */
    FULL,
    /** A version of a ruleset: published, never a change of the fleet's settings. */
    RULES,
    /** What evaluations, versions and rules may cost. */
    LIMITS,
    /** How versions are deployed from now on. */
    TEMPLATES,
    /** How often instances report and measure. */
    MONITORING;

    /** The name in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean includes(Scope other) {
        return compareTo(other) <= 0;
    }

    /** That of a setting of the fleet, by its path: {@code limits.splits}. */
    static Scope of(String path) {
        int dot = path.indexOf('.');
        return switch (dot < 0 ? path : path.substring(0, dot)) {
            case "limits", "budgets" -> LIMITS;
            case "templates", "deployment" -> TEMPLATES;
            case "monitoring" -> MONITORING;
            default -> throw new IllegalArgumentException("no setting of the fleet: " + path);
        };
    }
}
