package dev.sluice.cli;

import dev.sluice.app.Cluster;
import dev.sluice.app.RulesEngine;
import dev.sluice.config.SluiceConfig;
import dev.sluice.demo.BrokerOptions;
import dev.sluice.demo.LocalCluster;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice dev}: broker, registry and engine in one process, to try rules on. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a broker, a schema registry and an engine in this process, until interrupted.",
            "Their data is thrown away at the end, or kept with --data. The other commands find them on the default ports.",
        })
final class DevCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--port",
            defaultValue = "9092",
            description = "Port of the broker; 0 for a free one (default: 9092).")
    private int port;

    @Option(
            names = "--registry-port",
            defaultValue = "8081",
            description = "Port of the registry; 0 for a free one (default: 8081).")
    private int registryPort;

    @Option(names = "--data", paramLabel = "FOLDER", description = "Keep the data of broker and registry here.")
    private @Nullable Path data;

    @Override
    public Integer call() throws InterruptedException {
        Shutdown shutdown = new Shutdown();
        BrokerOptions broker = (data == null ? BrokerOptions.temporary() : BrokerOptions.keptIn(data)).withPort(port);
        LocalCluster cluster = shutdown.closing(LocalCluster.start(broker, registryPort));
        SluiceConfig config = common.load(cluster.overrides());
        int created = Cluster.createTopics(config);
        RulesEngine engine = shutdown.closing(RulesEngine.start(config));
        common.say("broker    " + cluster.bootstrapServers());
        common.say("registry  " + cluster.registryUrl());
        common.say("topics    " + created + " created from topics.yaml");
        common.say("engine    " + engine.instance() + " runs; stop with Ctrl-C");
        common.say("");
        common.say("In another terminal:");
        String where = port == 9092 && registryPort == 8081
                ? ""
                : " --bootstrap-server " + cluster.bootstrapServers() + " --registry " + cluster.registryUrl();
        common.say("  bin/sluice publish rules/flights-v1.yaml" + where);
        common.say("  bin/sluice events send data/flights.csv --topic flights" + where);
        common.say("  bin/sluice alerts tail" + where);
        new CountDownLatch(1).await();
        return Exit.OK;
    }
}
