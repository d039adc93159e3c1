package dev.sluice.rule.compile;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that mean values in the expressions of one rule.
 *
 * @param constants of the file, by name
 * @param arguments of the rule's template, by name
 */
record Scope(Map<String, Constant> constants, Map<String, Constant> arguments) {

    @Nullable Constant find(String name) {
        Constant argument = arguments.get(name);
        return argument == null ? constants.get(name) : argument;
    }

    boolean isEmpty() {
        return constants.isEmpty() && arguments.isEmpty();
    }

    Set<String> names() {
        Set<String> names = new HashSet<>(constants.keySet());
        names.addAll(arguments.keySet());
        return names;
    }
}
