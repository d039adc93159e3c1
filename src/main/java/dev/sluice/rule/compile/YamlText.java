package dev.sluice.rule.compile;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML text to nodes that know their places. */
final class YamlText {
    /** Longest file in characters. */
    static final int LENGTH_MAX = 4_000_000;

    private YamlText() {}

    /** The document, or empty with a problem recorded. */
    static Optional<YamlDocument> read(String text, Pace pace, Problems problems) {
        Optional<YamlDocument> document = document(text, pace, problems);
        if (document.isEmpty() && !problems.hasErrors()) {
            problems.error(
                    new Place(1, 1),
                    "empty-file",
                    null,
                    "the file is empty; it needs at least `ruleset: NAME` and `rules: []`");
        }
        return document;
    }

    /** The document, or empty; with a problem recorded unless there is nothing in the text. */
    static Optional<YamlDocument> document(String text, Pace pace, Problems problems) {
        if (text.length() > LENGTH_MAX) {
            problems.error(
                    new Place(1, 1),
                    "too-large",
                    null,
                    "the file has " + text.length() + " characters; split it into rulesets of at most " + LENGTH_MAX);
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel("rules")
                .setUseMarks(true)
                .setCodePointLimit(LENGTH_MAX)
                .setSchema(new CoreSchema())
                .build();
        try {
            Parser events = new ParserImpl(settings, new StreamReader(settings, new WholeCharacters(text)));
            BoundedParser parser = new BoundedParser(events, pace);
            Optional<YamlNode> root = new YamlComposer(parser).document();
            return root.map(node -> new YamlDocument(node, parser.isPlain()));
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(YamlText::place).orElse(new Place(1, 1));
            problems.error(place, "yaml-syntax", null, "this is not valid YAML: " + reason(e));
        } catch (YamlEngineException e) {
            problems.error(new Place(1, 1), "yaml-syntax", null, "this is not valid YAML: " + oneLine(e.getMessage()));
        }
        return Optional.empty();
    }

    static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String reason(MarkedYamlEngineException e) {
        String problem = oneLine(e.getProblem());
        if (problem.contains("'\\t(TAB)'") || problem.contains("\\t")) {
            return problem + "; indent with spaces, not tabs";
        }
        String context = e.getContext();
        return context == null || context.isBlank() ? problem : problem + " (" + oneLine(context) + ")";
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
    }
}
