package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Catalog;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Problem;
import dev.sluice.rule.ProblemText;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.compile.Compilation;
import dev.sluice.rule.compile.RuleCompiler;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice check FILE}: all problems of rule files, without a cluster. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Compiles rule files and shows every problem. Needs no cluster.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Rule files.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        EventTypes types = Catalog.of(common.load().topics());
        RuleCompiler compiler = new RuleCompiler(types);
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        boolean bad = false;
        for (Path file : files) {
            String source = RuleFiles.read(file);
            Compilation compilation = compiler.compile(source);
            bad |= compilation.definition().isEmpty();
            if (common.json()) {
                results.add(json(file, compilation));
            } else {
                print(file, source, compilation);
            }
        }
        if (common.json()) {
            common.printJson(results);
        }
        return bad ? Exit.REFUSED : Exit.OK;
    }

    private void print(Path file, String source, Compilation compilation) {
        if (!compilation.problems().isEmpty()) {
            common.say(ProblemText.of(file.toString(), source, compilation.problems()));
        }
        compilation.definition().ifPresent(definition -> {
            interpreted(definition)
                    .forEach((rule, expression) -> common.say(file + ": note: rule " + rule
                            + " has an expression that is interpreted, not planned, and evaluates slower: "
                            + expression));
            common.say(file + ": ruleset " + definition.name() + ", "
                    + rules(definition.rules().size()) + ", ok");
        });
    }

    /** Rule id to its first expression that is not planned. */
    private static Map<String, String> interpreted(RulesetDefinition definition) {
        Map<String, String> interpreted = new LinkedHashMap<>();
        for (CompiledRule rule : definition.rules()) {
            rule.expressions()
                    .filter(expression -> !expression.isPlanned())
                    .findFirst()
                    .ifPresent(expression -> interpreted.put(rule.id(), expression.source()));
        }
        return interpreted;
    }

    private static String rules(int count) {
        return count == 1 ? "1 rule" : count + " rules";
    }

    private static ObjectNode json(Path file, Compilation compilation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("file", file.toString());
        node.put("ok", compilation.definition().isPresent());
        compilation.definition().ifPresent(definition -> {
            node.put("ruleset", definition.name());
            node.put("rules", definition.rules().size());
            ObjectNode interpreted = node.putObject("interpreted");
            interpreted(definition).forEach(interpreted::put);
        });
        ArrayNode problems = node.putArray("problems");
        for (Problem problem : compilation.problems()) {
            problems.addObject()
                    .put("severity", problem.severity().name())
                    .put("code", problem.code())
                    .put("rule", problem.rule())
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("message", problem.message());
        }
        return node;
    }
}
