package dev.sluice.rule.compile;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The YAML of a rule file.
 *
 * @param isPlain whether it does without anchors, tags and directives, so that each piece of it means the same alone
 */
record YamlDocument(Node root, boolean isPlain) {}
