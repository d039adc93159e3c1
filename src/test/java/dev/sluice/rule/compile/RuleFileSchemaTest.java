package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sluice.rule.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Editors check rule files with the JSON Schema: it must agree with the compiler. */
final class RuleFileSchemaTest {
    private static final Path CASES = Path.of("src/test/resources/rule");
    private static final Set<String> STRUCTURAL = Set.of(
            "unknown-key",
            "missing-key",
            "wrong-type",
            "invalid-name",
            "invalid-value",
            "not-supported-yet",
            "strategy-conflict",
            "template-conflict",
            "timer-conflict");

    private final JsonSchema schema;

    RuleFileSchemaTest() throws IOException {
        JsonNode text = new ObjectMapper()
                .readTree(
                        Path.of("src/main/resources/schemas/rules.schema.json").toFile());
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
    }

    static List<String> cases() throws IOException {
        return ProblemScenarioTest.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void acceptsEveryFileThatCompiles(String name) throws IOException {
        String source = Files.readString(CASES.resolve(name).resolve("rules.yaml"));
        Compilation compilation = new RuleCompiler(Orders.TYPES).compile(source);
        if (compilation.definition().isPresent()) {
            assertThat(schema.validate(json(source))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown-key",
                "not-supported-yet",
                "several-at-once",
                "not-a-mapping",
                "billion-laughs",
                "constants",
                "templates",
                "window-settings",
                "windowed-templates",
                "timers",
                "deployments",
                "deployment-strategy",
                "deployment-test",
                "deployment-stages",
                "deployment-last-stage",
                "deployment-schedule",
                "deployment-list"
            })
    void refusesAFileWithAnErrorOfStructure(String name) throws IOException {
        String source = Files.readString(CASES.resolve(name).resolve("rules.yaml"));
        assertThat(new RuleCompiler(Orders.TYPES).compile(source).problems())
                .filteredOn(Problem::isError)
                .anyMatch(problem -> STRUCTURAL.contains(problem.code()));
        assertThat(schema.validate(json(source))).isNotEmpty();
    }

    @Test
    void refusesTheNamesForConstantsThatTheCompilerRefuses() {
        List<String> names = new ArrayList<>(Names.OF_LANGUAGE);
        names.addAll(List.of("limit", "_x1", "size", "1x", "a-b", "x".repeat(100), "x".repeat(101)));
        for (String name : names) {
            String source = "ruleset: test\nconstants: { \"" + name + "\": 1 }\nrules: []\n";
            assertThat(schema.validate(json(source)).isEmpty())
                    .as(name)
                    .isEqualTo(new RuleCompiler(Orders.TYPES)
                            .compile(source)
                            .definition()
                            .isPresent());
        }
    }

    /** Each rule of these files has a mistake of its own that an editor can see, but those that are told by others. */
    @ParameterizedTest
    @CsvSource({
        "window-settings, too-long gaps too-many too-coarse nothing cooldown close-of-sliding close-of-count once",
        "needs-window, ''"
    })
    void refusesEachMistakenWindow(String name, String others) throws IOException {
        JsonNode file = json(Files.readString(CASES.resolve(name).resolve("rules.yaml")));
        for (JsonNode rule : file.get("rules")) {
            ObjectNode alone = ((ObjectNode) file.deepCopy());
            alone.putArray("rules").add(rule);
            String id = rule.get("id").asText();
            assertThat(schema.validate(alone).isEmpty())
                    .as(id)
                    .isEqualTo(List.of(others.split(" ")).contains(id));
        }
    }

    @Test
    void acceptsTheRuleFilesOfTheDemo() throws IOException {
        for (String file : List.of("flights-v1.yaml", "flights-v2.yaml", "flights-v3.yaml", "flights-v4.yaml")) {
            assertThat(schema.validate(json(Files.readString(Path.of("rules").resolve(file)))))
                    .isEmpty();
        }
    }

    private static JsonNode json(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return new ObjectMapper().valueToTree(loaded);
    }
}
