package dev.sluice.rule.plan;

import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Comparisons.Sides;
import dev.sluice.rule.plan.Failures.Operand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists, maps and nested records: built, looked into, measured. A nested record is a map from field names. */
public final class Containers {
    private Containers() {}

    /** The value at a name of a record or map, which may be null. */
    public static Node select(Node container, Operand failures, String name) {
        return new Selected(container, failures, name);
    }

    /** Whether a record or map has the name. */
    public static Node has(Node container, Operand failures, String name) {
        return new Has(container, failures, name);
    }

    /** The element of the list to the left at the integer to the right. */
    public static Node element(Sides sides) {
        return new Element(sides);
    }

    /**
     * The value of the map to the left at the key to the right.
     *
     * @param missing why there is no value when the map has no such key
     */
    public static Node entry(Sides sides, String missing) {
        return new Entry(sides, missing);
    }

    /** Whether the list to the right holds the value to the left. */
    public static Node inList(Sides sides) {
        return new InList(sides);
    }

    /** Whether the map to the right has the key to the left. */
    public static Node inMap(Sides sides) {
        return new InMap(sides);
    }

    /** Length of a text in code points, or number of elements, entries or bytes. */
    public static Node size(Node node, Operand failures) {
        return new Size(node, failures);
    }

    public static Node list(List<Node> elements) {
        return new ListOf(elements.toArray(Node[]::new));
    }

    public static Node map(Map<String, Node> entries) {
        return new MapOf(Collections.unmodifiableMap(new LinkedHashMap<>(entries)));
    }

    private static Map<?, ?> map(Node node, Operand failures, Event event, Locals locals) throws EvaluationException {
        Object value = node.eval(event, locals);
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw failures.failure(value);
    }

    private static List<?> list(Node node, Operand failures, Event event, Locals locals) throws EvaluationException {
        Object value = node.eval(event, locals);
        if (value instanceof List<?> list) {
            return list;
        }
        throw failures.failure(value);
    }

    private static final class Selected extends Node {
        private final Node container;
        private final Operand failures;
        private final String name;

        Selected(Node container, Operand failures, String name) {
            this.container = container;
            this.failures = failures;
            this.name = name;
        }

        @Override
        public @Nullable Object eval(Event event, Locals locals) throws EvaluationException {
            Map<?, ?> map = map(container, failures, event, locals);
            Object value = map.get(name);
            if (value == null && !map.containsKey(name)) {
                throw new EvaluationException("no such key: " + name);
            }
            return value;
        }
    }

    private static final class Has extends BoolNode {
        private final Node container;
        private final Operand failures;
        private final String name;

        Has(Node container, Operand failures, String name) {
            this.container = container;
            this.failures = failures;
            this.name = name;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            return map(container, failures, event, locals).containsKey(name);
        }
    }

    private static final class Element extends Node {
        private final Sides sides;

        /** The right side is of kind LONG. */
        Element(Sides sides) {
            this.sides = sides;
        }

        @Override
        public @Nullable Object eval(Event event, Locals locals) throws EvaluationException {
            List<?> list = list(sides.left(), sides.leftFailures(), event, locals);
            long index = sides.right().evalLong(event, locals);
            if (index < 0 || index >= list.size()) {
                throw new EvaluationException(Failures.INDEX_OUT_OF_RANGE);
            }
            return list.get((int) index);
        }
    }

    private static final class Entry extends Node {
        private final Sides sides;
        private final String missing;

        Entry(Sides sides, String missing) {
            this.sides = sides;
            this.missing = missing;
        }

        @Override
        public @Nullable Object eval(Event event, Locals locals) throws EvaluationException {
            Map<?, ?> map = map(sides.left(), sides.leftFailures(), event, locals);
            Object key = sides.right().eval(event, locals);
            if (key == null) {
                throw sides.rightFailures().failure(null);
            }
            if (!map.containsKey(key)) {
                throw new EvaluationException(missing);
            }
            return map.get(key);
        }
    }

    private static final class InList extends BoolNode {
        private final Sides sides;

        InList(Sides sides) {
            this.sides = sides;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            Object value = sides.left().eval(event, locals);
            return Values.contains(list(sides.right(), sides.rightFailures(), event, locals), value);
        }
    }

    private static final class InMap extends BoolNode {
        private final Sides sides;

        InMap(Sides sides) {
            this.sides = sides;
        }

        @Override
        public boolean evalBool(Event event, Locals locals) throws EvaluationException {
            Object key = sides.left().eval(event, locals);
            Map<?, ?> map = map(sides.right(), sides.rightFailures(), event, locals);
            return key != null && map.containsKey(key);
        }
    }

    private static final class Size extends LongNode {
        private final Node node;
        private final Operand failures;

        Size(Node node, Operand failures) {
            this.node = node;
            this.failures = failures;
        }

        @Override
        public long evalLong(Event event, Locals locals) throws EvaluationException {
            Object value = node.eval(event, locals);
            if (value instanceof String text) {
                return text.codePointCount(0, text.length());
            }
            if (value instanceof List<?> list) {
                return list.size();
            }
            if (value instanceof Map<?, ?> map) {
                return map.size();
            }
            if (value instanceof byte[] bytes) {
                return bytes.length;
            }
            throw failures.failure(value);
        }
    }

    private static final class ListOf extends Node {
        private final Node[] elements;

        ListOf(Node[] elements) {
            this.elements = elements;
        }

        @Override
        public Object eval(Event event, Locals locals) throws EvaluationException {
            List<@Nullable Object> list = new ArrayList<>(elements.length);
            for (Node element : elements) {
                list.add(element.eval(event, locals));
            }
            return Collections.unmodifiableList(list);
        }
    }

    private static final class MapOf extends Node {
        private final Map<String, Node> entries;

        MapOf(Map<String, Node> entries) {
            this.entries = entries;
        }

        @Override
        public Object eval(Event event, Locals locals) throws EvaluationException {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (Map.Entry<String, Node> entry : entries.entrySet()) {
                map.put(entry.getKey(), entry.getValue().eval(event, locals));
            }
            return Collections.unmodifiableMap(map);
        }
    }
}
