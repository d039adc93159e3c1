package dev.sluice.rule.compile;

/**
 * The YAML of a rule file.
 *
 * @param isPlain whether it does without anchors, tags and directives, so that each piece of it means the same alone
 */
record YamlDocument(YamlNode root, boolean isPlain) {}
