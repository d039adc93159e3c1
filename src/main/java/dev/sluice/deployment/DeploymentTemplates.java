package dev.sluice.deployment;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fleet's named ways to deploy, and the one for rulesets that say nothing.
 *
 * @param byDefault empty: {@link DeploymentSpec#DEFAULT}
 */
public record DeploymentTemplates(SortedMap<String, DeploymentSpec> byName, Optional<Default> byDefault) {
    public static final DeploymentTemplates NONE = new DeploymentTemplates(new TreeMap<>(), Optional.empty());

    /**
     * What rulesets have that say nothing.
     *
     * @param template whose name was given; empty where all of it was written out
     */
    public record Default(Optional<String> template, DeploymentSpec spec) {}

    public DeploymentTemplates {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    public Optional<DeploymentSpec> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** How a ruleset is deployed that says nothing. */
    public DeploymentSpec otherwise() {
        return byDefault.map(Default::spec).orElse(DeploymentSpec.DEFAULT);
    }
}
