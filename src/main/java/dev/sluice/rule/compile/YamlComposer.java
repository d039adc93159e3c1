package dev.sluice.rule.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;

/** The events of a YAML document to its nodes, aliases and merge keys ({@code <<}) resolved. One use. */
final class YamlComposer {
    private static final String MERGE = "<<";
    private static final String NO_TAG = "!";

    private final Parser parser;
    /** By name, of several with one name the one that began last. */
    private final Map<Anchor, Anchored> anchors = new HashMap<>();

    private final RecentTexts texts = new RecentTexts();

    private static final class Anchored {
        /** Null until it is complete: nothing holds itself. */
        private @Nullable YamlNode node;
    }

    YamlComposer(Parser parser) {
        this.parser = parser;
    }

    /**
     * The one document; empty when there is nothing in the text.
     *
     * @throws ComposerException for a second document, an unknown alias, or a merge of what is no mapping
     */
    Optional<YamlNode> document() {
        parser.next();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return Optional.empty();
        }
        Event start = parser.next();
        YamlNode root = node();
        parser.next();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new ComposerException(
                    "expected a single document in the stream",
                    start.getStartMark(),
                    "but found another document",
                    parser.next().getStartMark());
        }
        return Optional.of(root);
    }

    private YamlNode node() {
        if (!(parser.next() instanceof NodeEvent event)) {
            throw new IllegalStateException("the parser gave no node");
        }
        if (event instanceof AliasEvent alias) {
            return meant(alias);
        }
        Anchored anchored = event.getAnchor().map(this::begun).orElse(null);
        YamlNode node = event instanceof ScalarEvent scalar
                ? scalar(scalar)
                : event instanceof SequenceStartEvent sequence
                        ? sequence(sequence)
                        : mapping((MappingStartEvent) event);
        if (anchored != null) {
            anchored.node = node;
        }
        return node;
    }

    private Anchored begun(Anchor anchor) {
        Anchored anchored = new Anchored();
        anchors.put(anchor, anchored);
        return anchored;
    }

    private YamlNode meant(AliasEvent alias) {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null || anchored.node == null) {
            throw new ComposerException("found undefined alias " + alias.getAlias(), alias.getStartMark());
        }
        return anchored.node;
    }

    private YamlNode scalar(ScalarEvent event) {
        Tag given =
                event.getTag().filter(tag -> !tag.equals(NO_TAG)).map(Tag::new).orElse(null);
        return new YamlNode.Scalar(
                start(event),
                texts.shared(event.getValue()),
                given,
                event.getImplicit().canOmitTagInPlainScalar());
    }

    private YamlNode sequence(SequenceStartEvent event) {
        List<YamlNode> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node());
        }
        parser.next();
        return new YamlNode.Sequence(start(event), !event.isFlow(), items);
    }

    private YamlNode mapping(MappingStartEvent event) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        List<YamlNode> merged = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            YamlNode key = node();
            if (isMerge(key)) {
                Optional<Mark> mark = parser.peekEvent().getStartMark();
                addMerged(node(), mark, merged);
            } else {
                entries.add(new YamlNode.Entry(key, node()));
            }
        }
        Event end = parser.next();
        merge(entries, merged);
        return new YamlNode.Mapping(
                start(event), YamlText.place(end.getEndMark().orElseThrow()), !event.isFlow(), entries);
    }

    private static boolean isMerge(YamlNode key) {
        return key instanceof YamlNode.Scalar scalar
                && scalar.value().equals(MERGE)
                && scalar.tag().equals(Tag.MERGE);
    }

    private static void addMerged(YamlNode value, Optional<Mark> mark, List<YamlNode> merged) {
        List<YamlNode> values = value instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(value);
        for (YamlNode each : values) {
            if (!(each instanceof YamlNode.Mapping)) {
                throw new ComposerException("Expected mapping node or an anchor referencing mapping", mark);
            }
            merged.add(each);
        }
    }

    /** What the mapping has itself counts before what is merged, and what is merged first before the rest. */
    private static void merge(List<YamlNode.Entry> entries, List<YamlNode> merged) {
        Set<String> known = new HashSet<>();
        if (!merged.isEmpty()) {
            entries.forEach(entry -> known.add(text(entry.key())));
        }
        for (YamlNode mapping : merged) {
            List<YamlNode.Entry> added = ((YamlNode.Mapping) mapping)
                    .entries().stream()
                            .filter(entry -> text(entry.key()) == null || !known.contains(text(entry.key())))
                            .toList();
            added.forEach(entry -> known.add(text(entry.key())));
            entries.addAll(added);
        }
    }

    private static @Nullable String text(YamlNode key) {
        return key instanceof YamlNode.Scalar scalar ? scalar.value() : null;
    }

    private static Place start(Event event) {
        return YamlText.place(event.getStartMark().orElseThrow());
    }
}
