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
        description = "Shows how many events of each partition are not evaluated and committed yet.")
final class LagCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        SluiceConfig config = common.load();
        Cluster.checkReachable(config);
        List<PoolLag.Row> rows;
        try (PoolLag lag = new PoolLag(config)) {
            rows = lag.read();
        }
        if (common.json()) {
            ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
            for (PoolLag.Row row : rows) {
                nodes.addObject()
                        .put("group", row.group())
                        .put("topic", row.topic())
                        .put("partition", row.partition())
                        .put("committed", row.committed())
                        .put("end", row.end())
                        .put("lag", row.lag());
            }
            common.printJson(nodes);
            return Exit.OK;
        }
        Table table = new Table("GROUP", "TOPIC", "PARTITION", "COMMITTED", "END", "LAG");
        rows.forEach(
                row -> table.row(row.group(), row.topic(), row.partition(), row.committed(), row.end(), row.lag()));
        table.print(common.out());
        common.say("total lag: " + rows.stream().mapToLong(PoolLag.Row::lag).sum());
        return Exit.OK;
    }
}
