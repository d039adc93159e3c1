package dev.sluice.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The name and fields of a kind of event: of an Avro record, or of what a rule emits. */
public final class EventType {
    private final String name;
    private final List<Field> fields;
    private final Map<String, Integer> positions;

    /** @throws IllegalArgumentException when two fields have one name */
    public EventType(String name, List<Field> fields) {
        this.name = name;
        this.fields = List.copyOf(fields);
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < this.fields.size(); i++) {
            if (byName.put(this.fields.get(i).name(), i) != null) {
                throw new IllegalArgumentException("event type " + name + " has two fields named "
                        + this.fields.get(i).name());
            }
        }
        this.positions = Map.copyOf(byName);
    }

    public String name() {
        return name;
    }

    public List<Field> fields() {
        return fields;
    }

    /** Position of a field, from 0; -1 when there is none of that name. */
    public int position(String field) {
        return positions.getOrDefault(field, -1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventType that && name.equals(that.name) && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + fields.hashCode();
    }

    @Override
    public String toString() {
        return name + fields;
    }
}
