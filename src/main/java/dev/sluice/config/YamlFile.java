package dev.sluice.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A YAML 1.2 file as a tree of mappings with places. */
final class YamlFile {
    private YamlFile() {}

    /** The file's mapping, an empty one for an empty file; empty when it cannot be read, and then there is a problem. */
    static Optional<YamlMapping> read(Path file, List<ConfigProblem> problems) {
        String name = file.toString();
        try {
            String text = Files.readString(file);
            LoadSettings settings = LoadSettings.builder().setLabel(name).build();
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isEmpty()
                    ? Optional.of(YamlMapping.empty(name, problems))
                    : YamlMapping.of(name, root.get(), problems);
        } catch (MarkedYamlEngineException e) {
            problems.add(syntax(name, e));
        } catch (YamlEngineException e) {
            problems.add(Place.named(name).problem("not YAML: " + e.getMessage()));
        } catch (NoSuchFileException e) {
            problems.add(Place.named(name).problem("there is no such file"));
        } catch (CharacterCodingException e) {
            problems.add(Place.named(name).problem("is not text in UTF-8; save it in that encoding"));
        } catch (IOException e) {
            problems.add(Place.named(name).problem("cannot be read: " + e));
        }
        return Optional.empty();
    }

    private static ConfigProblem syntax(String file, MarkedYamlEngineException error) {
        int line = error.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
        int column = error.getProblemMark().map(Mark::getColumn).orElse(-1) + 1;
        return new ConfigProblem(file, line, column, "not YAML: " + error.getProblem());
    }
}
