package dev.sluice.deployment;

import java.util.Optional;

/** What the rules of the versions of a ruleset say, as far as the one who decides knows. */
public interface RuleDigests {

    /** Whether anything is known of a version: one that does not compile where it is decided is not. */
    boolean isKnown(long version);

    /** Digest of a rule's definition; empty where the version has no such rule, or is not known. */
    Optional<String> of(long version, String rule);
}
