package dev.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {
    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type":"record","name":"E","fields":[
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"delay","type":"int"},
              {"name":"note","type":["null","string"]},
              {"name":"kind","type":{"type":"enum","name":"K","symbols":["A","B"]},"default":"A"},
              {"name":"tags","type":{"type":"array","items":"string"},"default":[]}]}""");

    @TempDir
    Path folder;

    @Test
    void readsEveryDepartureOfTheProjectsFile() throws Exception {
        Schema flight = new Schema.Parser().parse(Files.readString(Path.of("schemas/events/Flight.avsc")));
        List<EventRow> rows = rows(Path.of("data/flights.csv"), flight);

        assertThat(rows).hasSize(20_000).allMatch(EventRow.Event.class::isInstance);
        GenericRecord first = ((EventRow.Event) rows.get(0)).event();
        assertThat(first.get("departed_at"))
                .isEqualTo(Instant.parse("2001-01-01T06:20:00Z").toEpochMilli());
        assertThat(first.get("origin")).isEqualTo("BNA");
        assertThat(first.get("distance_miles")).isEqualTo(491);
    }

    @Test
    void readsQuotesNullsDefaultsAndJsonCells() throws Exception {
        Path file = write("e.csv", "at,delay,note,tags\n7,1,\"a \"\"b\"\",\nc\",\"[\"\"x\"\"]\"\n8,2,,\n");
        List<EventRow> rows = rows(file, SCHEMA);

        assertThat(rows).extracting(EventRow::line).containsExactly(2L, 4L);
        assertThat(event(rows, 0).get("note")).isEqualTo("a \"b\",\nc");
        assertThat(event(rows, 0).get("tags")).isEqualTo(List.of("x"));
        assertThat(event(rows, 1).get("note")).isNull();
        assertThat(event(rows, 1).get("kind").toString()).isEqualTo("A");
    }

    @Test
    void namesTheBadCellAndGoesOn() throws Exception {
        Path file = write("e.csv", "at,delay,kind\n1,abc,A\n1,2\n1,2,C\n1,2,B\n");
        List<EventRow> rows = rows(file, SCHEMA);

        assertThat(rows.get(0)).isEqualTo(new EventRow.Bad(file.toString(), 2, "delay", "delay: 'abc' is not an int"));
        assertThat(rows.get(1).toString()).contains(":3: 2 cells, the header has 3");
        assertThat(rows.get(2).toString()).contains("kind: 'C' is not one of [A, B]");
        assertThat(rows.get(3)).isInstanceOf(EventRow.Event.class);
    }

    @Test
    void refusesAHeaderThatDoesNotFitTheSchema() throws Exception {
        Path file = write("e.csv", "at,dealy\n");
        assertThatThrownBy(() -> EventFile.open(file, SCHEMA))
                .isInstanceOf(EventFileException.class)
                .hasMessageContaining("did you mean `delay`?")
                .hasMessageContaining("column 'delay' is missing");
    }

    @Test
    void readsJsonLinesAndNamesTheirProblems() throws Exception {
        Path file = write(
                "e.jsonl",
                "{\"at\":\"2001-01-01T06:20Z\",\"delay\":-3,\"tags\":[\"x\"]}\n\n{\"at\":1,\"delay\":\"2\"}\n{\"at\":1,\"dealy\":2}\n{\n");
        List<EventRow> rows = rows(file, SCHEMA);

        assertThat(event(rows, 0).get("at")).isEqualTo(978_330_000_000L);
        assertThat(rows).extracting(EventRow::line).containsExactly(1L, 3L, 4L, 5L);
        assertThat(rows.get(1).toString()).contains("delay: string is not an int");
        assertThat(rows.get(2).toString()).contains("did you mean `delay`?");
        assertThat(rows.get(3).toString()).contains("not JSON");
    }

    @Test
    void readsAvroFilesOfACompatibleSchemaOnly() throws Exception {
        List<EventRow> written = rows(write("e.csv", "at,delay\n1,2\n3,4\n"), SCHEMA);
        Path file = folder.resolve("e.avro");
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            writer.create(SCHEMA, file.toFile());
            writer.append(event(written, 0));
            writer.append(event(written, 1));
        }
        assertThat(event(rows(file, SCHEMA), 1)).isEqualTo(event(written, 1));
        Schema other = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"E\",\"fields\":[{\"name\":\"more\",\"type\":\"int\"}]}");
        assertThatThrownBy(() -> EventFile.open(file, other)).isInstanceOf(EventFileException.class);
    }

    private static GenericRecord event(List<EventRow> rows, int index) {
        return ((EventRow.Event) rows.get(index)).event();
    }

    private static List<EventRow> rows(Path file, Schema schema) {
        try (EventFile rows = EventFile.open(file, schema)) {
            List<EventRow> all = new ArrayList<>();
            rows.forEachRemaining(all::add);
            return all;
        }
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
