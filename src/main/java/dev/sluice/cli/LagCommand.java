package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.app.Cluster;
import dev.sluice.app.PoolLag;
import dev.sluice.config.SluiceConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice lag}: how far the pools are behind the event topics. */
@Command(
        name = "lag",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how many events of each partition are not evaluated and committed yet,",
            "and how many records that tasks handed over to one another.",
        })
final class LagCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    /** Records of one kind that may wait. */
    private record Part(String of, String total, List<PoolLag.Row> rows) {
        long lag() {
            return rows.stream().mapToLong(PoolLag.Row::lag).sum();
        }
    }

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        Cluster.checkReachable(config);
        List<Part> parts;
        try (PoolLag lag = new PoolLag(config)) {
            parts = List.of(
                    new Part("events", "total lag: ", lag.read()),
                    new Part("handovers", "handed over and waiting: ", lag.handovers()));
        }
        if (common.json()) {
            common.printJson(json(parts));
            return Exit.OK;
        }
        Table table = new Table("GROUP", "OF", "TOPIC", "PARTITION", "COMMITTED", "END", "LAG");
        for (Part part : parts) {
            for (PoolLag.Row row : part.rows()) {
                table.row(row.group(), part.of(), row.topic(), row.partition(), row.committed(), row.end(), row.lag());
            }
        }
        table.print(common.out());
        parts.forEach(part -> common.say(part.total() + part.lag()));
        return Exit.OK;
    }

    private static ArrayNode json(List<Part> parts) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (Part part : parts) {
            for (PoolLag.Row row : part.rows()) {
                nodes.addObject()
                        .put("group", row.group())
                        .put("of", part.of())
                        .put("topic", row.topic())
                        .put("partition", row.partition())
                        .put("committed", row.committed())
                        .put("end", row.end())
                        .put("lag", row.lag());
            }
        }
        return nodes;
    }
}
