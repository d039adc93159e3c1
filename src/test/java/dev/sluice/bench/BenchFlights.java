package dev.sluice.bench;

import dev.sluice.event.AvroEventTypes;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** The event type of the micro-benchmarks, and an event of it. */
final class BenchFlights {
    private static final Schema SCHEMA = schema();
    static final EventType TYPE = AvroEventTypes.eventType(SCHEMA);
    static final EventTypes CATALOG = new EventTypes(Map.of(TYPE.name(), TYPE), Set.of());

    private BenchFlights() {}

    /** An event that only rule {@code every} of {@link BenchRules} matches. */
    static GenericRecord onTime() {
        GenericRecord flight = new GenericData.Record(SCHEMA);
        flight.put("departed_at", 978_307_200_000L);
        flight.put("origin", new Utf8("JFK"));
        flight.put("destination", new Utf8("ZZZ"));
        flight.put("delay_minutes", -3);
        flight.put("distance_miles", 740);
        return flight;
    }

    private static Schema schema() {
        try {
            return new Schema.Parser()
                    .parse(Path.of("schemas/events/Flight.avsc").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("run the benchmarks from the project's folder", e);
        }
    }
}
