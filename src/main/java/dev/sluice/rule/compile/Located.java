package dev.sluice.rule.compile;

/** A text of the rule file with its place. */
record Located(String text, Place place, ScalarText source) {}
