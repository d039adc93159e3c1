package dev.sluice.rule.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.sluice.evaluation.Evaluation;
import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.event.AvroEvent;
import dev.sluice.event.AvroEventTypes;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.ProblemText;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.ruleset.ActiveRulesets;
import dev.sluice.ruleset.Digest;
import dev.sluice.ruleset.Ruleset;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule files of the demo on the real departures, against a plain loop over the same rows. */
final class FlightRulesTest {
    private record Departure(OffsetDateTime at, String origin, String destination, int delay, int miles) {}

    private static final Map<String, Predicate<Departure>> VERSION_1 = Map.of(
            "long-delay", d -> d.delay > 120 && d.miles > 500,
            "long-delay>extreme-delay", d -> d.delay >= 180 && d.miles > 500,
            "early-departure", d -> d.delay < -10,
            "chicago-delay", d -> Set.of("ORD", "MDW").contains(d.origin) && d.delay > 60,
            "evening-delay", FlightRulesTest::isEveningDelay);

    private static final Map<String, Predicate<Departure>> VERSION_2 = Map.of(
            "long-delay", d -> d.delay > 90 && d.miles > 500,
            "long-delay>extreme-delay", d -> d.delay >= 180 && d.miles > 500,
            "early-departure", d -> d.delay < -10,
            "short-hop-delay", d -> d.miles < 200 && d.delay > 45,
            "evening-delay", FlightRulesTest::isEveningDelay);

    private static boolean isEveningDelay(Departure d) {
        return d.at.getHour() >= 18 && d.origin.charAt(0) == d.destination.charAt(0) && d.delay > 30;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void matchesWhatAPlainLoopOverTheRowsFinds(int version) throws IOException {
        Map<String, Integer> expected = new TreeMap<>();
        Map<String, Integer> found = new TreeMap<>();
        Schema schema = new Schema.Parser().parse(new File("schemas/events/Flight.avsc"));
        EventType type = AvroEventTypes.eventType(schema);
        ActiveRulesets active =
                withoutWindows(active(type, Files.readString(Path.of("rules/flights-v" + version + ".yaml"))));
        for (Departure departure : departures()) {
            Evaluation evaluation =
                    new Evaluator().evaluate(RuleIndexes.of(active), new AvroEvent(type, flight(schema, departure)));
            assertThat(evaluation.failures()).isEmpty();
            evaluation.matches().forEach(match -> found.merge(match.path(), 1, Integer::sum));
            (version == 1 ? VERSION_1 : VERSION_2).forEach((path, matches) -> {
                if (matches.test(departure)) {
                    expected.merge(path, 1, Integer::sum);
                }
            });
        }
        assertThat(found).isEqualTo(expected).hasSize(5);
        assertThat(found.values()).allMatch(count -> count >= 10 && count < 10_000);
    }

    @Test
    void emitsTheFieldsOfAChainedRule() throws IOException {
        Schema schema = new Schema.Parser().parse(new File("schemas/events/Flight.avsc"));
        EventType type = AvroEventTypes.eventType(schema);
        ActiveRulesets active = withoutWindows(active(type, Files.readString(Path.of("rules/flights-v1.yaml"))));
        Departure late = new Departure(OffsetDateTime.parse("2001-01-01T06:20Z"), "BNA", "MCI", 270, 600);
        Evaluation evaluation =
                new Evaluator().evaluate(RuleIndexes.of(active), new AvroEvent(type, flight(schema, late)));
        assertThat(evaluation.matches()).hasSize(2);
        assertThat(evaluation.matches().get(0).values()).containsExactly("BNA", "MCI", 270L, 4.5);
        assertThat(evaluation.matches().get(1).values()).containsExactly("BNA-MCI", 4.5);
    }

    @Test
    void compilesTheExampleOfTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("docs/rules.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        String example = page.substring(start, page.indexOf("```", start));
        EventType type = AvroEventTypes.eventType(new Schema.Parser().parse(new File("schemas/events/Flight.avsc")));
        assertThat(active(type, example).inOrder().get(0).rules()).hasSize(2);

        String misspelt = example.replace("delay_minutes > 120", "delay_minute > 120");
        RuleCompiler compiler = new RuleCompiler(new EventTypes(Map.of("Flight", type), Set.of()));
        assertThat(page)
                .contains(ProblemText.of(
                        "my-flights.yaml", misspelt, compiler.compile(misspelt).problems()));
    }

    @Test
    void compilesEveryFileOfTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("docs/rules.md"));
        EventType type = AvroEventTypes.eventType(new Schema.Parser().parse(new File("schemas/events/Flight.avsc")));
        Matcher files = Pattern.compile("```yaml\n((?:#.*\n)?ruleset:[^`]*)```").matcher(page);
        List<String> names = files.results()
                .map(file -> active(type, file.group(1)).inOrder().get(0).name())
                .toList();
        assertThat(names).containsExactly("flights", "trouble", "flights", "airports", "rebooking");
    }

    /** The rules that look at each departure alone. */
    private static ActiveRulesets withoutWindows(ActiveRulesets all) {
        Ruleset ruleset = all.inOrder().get(0);
        List<CompiledRule> rules = ruleset.rules().stream()
                .filter(rule -> rule.windowing() == null)
                .toList();
        assertThat(rules).hasSize(ruleset.rules().size() - 1);
        RulesetDefinition definition = new RulesetDefinition(ruleset.name(), "", ruleset.mode(), rules);
        return new ActiveRulesets(Map.of(ruleset.name(), new Ruleset(definition, 1, ruleset.digest())));
    }

    private static ActiveRulesets active(EventType type, String source) {
        EventTypes types = new EventTypes(Map.of(type.name(), type), Set.of());
        Compilation compilation = new RuleCompiler(types).compile(source);
        assertThat(compilation.problems()).isEmpty();
        Ruleset ruleset = new Ruleset(compilation.definition().orElseThrow(), 1, Digest.of(source));
        return new ActiveRulesets(Map.of(ruleset.name(), ruleset));
    }

    private static GenericData.Record flight(Schema schema, Departure departure) {
        GenericData.Record flight = new GenericData.Record(schema);
        flight.put("departed_at", departure.at.toInstant().toEpochMilli());
        flight.put("origin", departure.origin);
        flight.put("destination", departure.destination);
        flight.put("delay_minutes", departure.delay);
        flight.put("distance_miles", departure.miles);
        return flight;
    }

    private static List<Departure> departures() throws IOException {
        List<Departure> departures = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(new File("data/flights.csv"))) {
            while (rows.hasNext()) {
                Map<String, String> row = rows.next();
                departures.add(new Departure(
                        OffsetDateTime.parse(row.get("departed_at")),
                        row.getOrDefault("origin", ""),
                        row.getOrDefault("destination", ""),
                        Integer.parseInt(row.get("delay_minutes")),
                        Integer.parseInt(row.get("distance_miles"))));
            }
        }
        return departures;
    }
}
