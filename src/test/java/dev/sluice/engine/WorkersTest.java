package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.control.Installation;
import dev.sluice.control.Installations;
import dev.sluice.control.ReportRequests;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Field;
import dev.sluice.rule.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorkersTest {
    private static final String RULES = """
            ruleset: flights
            rules:
              - { id: r, from: Flight, when: delay > %d, emit: { type: Late, fields: { d: delay } } }
            """;

    private final Installations installations = new Installations(new EventTypes(
            Map.of("Flight", new EventType("Flight", List.of(new Field("delay", ValueType.Scalar.INT)))), Set.of()));
    private final List<String> requests = new ArrayList<>();
    private final Workers workers = new Workers(new ReportRequests() {
        @Override
        public void changed() {
            requests.add("changed");
        }

        @Override
        public void moved() {
            requests.add("moved");
        }
    });
    private final Workers.Slot one = workers.join("one", "main", "flights-0", Installation.EMPTY);
    private final Workers.Slot other = workers.join("other", "main", "flights-1", Installation.EMPTY);

    @Test
    void aVersionIsReportedAtOnceWhenTheLastThreadServesIt() {
        requests.clear();
        Installation installation = installations.publish("flights", 1, RULES.formatted(1));
        workers.adopted(one, installation);
        assertThat(requests).containsExactly("moved");

        workers.adopted(other, installation);
        assertThat(requests).containsExactly("moved", "changed");
    }

    @Test
    void whatChangesNothingOfWhatIsServedIsReportedSoon() {
        readByAll();
        Installation prepared = installations.fold("flights", 2, RULES.formatted(2));
        workers.adopted(one, prepared);
        workers.adopted(other, prepared);

        assertThat(requests).containsExactly("moved", "moved");
    }

    @Test
    void anotherTaskOfAThreadThatReadsTheSameAsksForNothing() {
        Installation installation = readByAll();
        workers.adopted(one, installation);

        assertThat(requests).isEmpty();
    }

    @Test
    void aThreadThatJoinsServesWhatIsCurrentAndOneThatStandsWhatItRead() {
        Installation read = readByAll();
        Installation current = installations.publish("flights", 2, RULES.formatted(2));
        workers.join("late", "main", "flights-2", current);
        workers.join("one", "main", "flights-3", current);

        assertThat(workers.list())
                .extracting(Workers.Worker::name, Workers.Worker::lastRead)
                .containsExactly(tuple("late", current), tuple("one", read), tuple("other", read));
    }

    private Installation readByAll() {
        Installation installation = installations.publish("flights", 1, RULES.formatted(1));
        workers.adopted(one, installation);
        workers.adopted(other, installation);
        requests.clear();
        return installation;
    }
}
