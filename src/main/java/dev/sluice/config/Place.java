package dev.sluice.config;

import org.snakeyaml.engine.v2.nodes.Node;

/** Where a setting was written; line and column from 1, or 0 for none. */
record Place(String file, int line, int column) {

    static Place named(String file) {
        return new Place(file, 0, 0);
    }

    static Place of(String file, Node node) {
        return node.getStartMark()
                .map(mark -> new Place(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElseGet(() -> named(file));
    }

    ConfigProblem problem(String message) {
        return new ConfigProblem(file, line, column, message);
    }
}
