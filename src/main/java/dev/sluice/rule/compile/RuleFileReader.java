package dev.sluice.rule.compile;

import dev.sluice.rule.Mode;
import dev.sluice.text.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shape of a rule file: keys, required values and names. Expressions stay text. */
final class RuleFileReader {
    private static final List<String> KEYS =
            List.of("ruleset", "description", "mode", "deployment", "constants", "templates", "rules");
    private static final List<String> KEYS_LATER = List.of("pools");
    private static final Map<String, Mode> MODES = Map.of("all", Mode.ALL, "first_match", Mode.FIRST_MATCH);

    private final SourceText file;
    private final Pace pace;
    private final Problems problems;

    RuleFileReader(SourceText file, Pace pace, Problems problems) {
        this.file = file;
        this.pace = pace;
        this.problems = problems;
    }

    /** The file with every rule that has all its parts; empty when it has no name. Problems say what is left out. */
    Optional<RuleFile> read(YamlNode root) {
        Mapping top = Mapping.of("the rule file", root, file, problems);
        if (top == null) {
            return Optional.empty();
        }
        top.allowOnly(KEYS, KEYS_LATER);
        Located name = new Names(problems).checked(top.required("ruleset"), Names.Kind.ID, "a ruleset's name", null);
        Mode mode = mode(top);
        Map<String, Constant> constants =
                new ConstantReader(problems).constants(top.optionalMapping("constants", "`constants`"));
        List<Template> templates = new TemplateReader(problems, mode, constants)
                .templates(top.optionalMapping("templates", "`templates`"));
        RuleReader reader = new RuleReader(file, problems, mode, templates);
        List<RuleFile.Rule> rules = new ArrayList<>();
        for (YamlNode item : top.items("rules")) {
            reader.read(item).ifPresent(rules::add);
            pace.step();
        }
        reader.warnOfUnusedTemplates();
        return Optional.of(new RuleFile(
                name == null ? "" : name.text(),
                top.description(),
                mode,
                DeploymentReader.ofFile(top, file, problems),
                constants,
                templates,
                rules));
    }

    private Mode mode(Mapping top) {
        Located mode = top.optional("mode");
        if (mode == null) {
            return Mode.ALL;
        }
        Mode known = MODES.get(mode.text());
        if (known == null) {
            problems.error(
                    mode.place(),
                    "invalid-value",
                    null,
                    "`" + Names.shortened(mode.text()) + "` is no mode; use `all` or `first_match`"
                            + NearestName.didYouMean(mode.text(), MODES.keySet()));
            // Whatever was meant, priorities are no second problem.
            return Mode.FIRST_MATCH;
        }
        return known;
    }
}
