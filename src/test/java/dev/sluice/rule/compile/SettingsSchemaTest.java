package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Editors check settings files with the JSON Schema: it must agree with the reader. */
final class SettingsSchemaTest {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Path.of("src/main/resources/schemas/settings.schema.json")
                    .toAbsolutePath()
                    .toUri());

    @Test
    void acceptsAFileWithEverything() {
        assertThat(SCHEMA.validate(json(SettingsReaderTest.EVERYTHING))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{deployment: canary}",
                "{templates: {a: canary}, deployment: {strategy: a, bake: 1m}}",
                "{templates: {a: {strategy: ab_test, ratio: 0.5}}}",
                "{limits: {}}"
            })
    void acceptsWhatTheReaderAccepts(String text) {
        assertThat(SettingsReader.read(text).problems()).isEmpty();
        assertThat(SCHEMA.validate(json(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{limits: {evaluationBudgetUs: 0}}",
                "{limits: {splits: 6}}",
                "{limits: {split: 3}}",
                "{limits: 3}",
                "{budgets: {errorRate: 1.1}}",
                "{budgets: {trial: soon}}",
                "{monitoring: {heartbeatMs: 99}}",
                "{monitoring: {timedEvaluations: 100}}",
                "{templates: {canary: blue_green}}",
                "{templates: {Careful: blue_green}}",
                "{templates: {a: {strategy: canary, stages: [5]}}}",
                "{templates: {a: {strategy: canry}}}",
                "{templates: {a: {strategy: scheduled, at: '2026-12-01T08:00:00Z'}}}",
                "{deployment: {strategy: canary, ratio: 0.5}}",
                "{engine: {workers: 4}}",
                "{rules: []}",
                "[limits]"
            })
    void refusesWhatTheReaderRefuses(String text) {
        assertThat(SettingsReader.read(text).problems()).isNotEmpty();
        assertThat(SCHEMA.validate(json(text))).isNotEmpty();
    }

    private static JsonNode json(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return new ObjectMapper().valueToTree(loaded);
    }
}
