package dev.sluice.rule.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * A part of a YAML document and the place where it begins. A file of ten thousand rules has two hundred thousand of them, so
 * they hold no more than rule files need: a tenth of what the nodes of the YAML library take.
 */
abstract sealed class YamlNode {
    private static final ScalarResolver CORE_SCHEMA = new CoreScalarResolver(true);

    private final int line;
    private final int column;

    private YamlNode(Place place) {
        this.line = place.line();
        this.column = place.column();
    }

    Place place() {
        return new Place(line, column);
    }

    /** A text, quoted or not. */
    static final class Scalar extends YamlNode {
        private final String value;
        private final @Nullable Tag given;
        private final boolean isPlain;

        /**
         * @param given the tag that the document gives it; null: none
         * @param isPlain whether it is written without quotes, and so may be more than text
         */
        Scalar(Place place, String value, @Nullable Tag given, boolean isPlain) {
            super(place);
            this.value = value;
            this.given = given;
            this.isPlain = isPlain;
        }

        String value() {
            return value;
        }

        /** What it is to the core schema of YAML 1.2, or as tagged. */
        Tag tag() {
            return given == null ? CORE_SCHEMA.resolve(value, isPlain) : given;
        }
    }

    static final class Sequence extends YamlNode {
        private final boolean isBlock;
        private final List<YamlNode> items;

        Sequence(Place place, boolean isBlock, List<YamlNode> items) {
            super(place);
            this.isBlock = isBlock;
            this.items = new ArrayList<>(items);
        }

        /** Whether each item has a line of its own with a dash. */
        boolean isBlock() {
            return isBlock;
        }

        /** May be changed. */
        List<YamlNode> items() {
            return items;
        }
    }

    static final class Mapping extends YamlNode {
        private final boolean isBlock;
        /** Keys, each before what is under it. */
        private final YamlNode[] parts;

        private final int endLine;
        private final int endColumn;

        /** @param end just past its text */
        Mapping(Place place, Place end, boolean isBlock, List<Entry> entries) {
            super(place);
            this.isBlock = isBlock;
            this.parts = new YamlNode[2 * entries.size()];
            int at = 0;
            for (Entry entry : entries) {
                parts[at++] = entry.key();
                parts[at++] = entry.value();
            }
            this.endLine = end.line();
            this.endColumn = end.column();
        }

        /** Whether its keys stand on lines, not between braces. */
        boolean isBlock() {
            return isBlock;
        }

        List<Entry> entries() {
            List<Entry> entries = new ArrayList<>(parts.length / 2);
            for (int i = 0; i < parts.length; i += 2) {
                entries.add(new Entry(parts[i], parts[i + 1]));
            }
            return entries;
        }

        /** Just past its text. */
        Place end() {
            return new Place(endLine, endColumn);
        }
    }

    /** A key of a mapping with what is under it. */
    record Entry(YamlNode key, YamlNode value) {}
}
