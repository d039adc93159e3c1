package dev.sluice.cli;

import dev.sluice.app.RulesEngine;
import dev.sluice.config.SluiceConfig;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice run}: one engine, until it is asked to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs one engine until it is interrupted or terminated.")
final class RunCommand implements Callable<Integer> {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws InterruptedException {
        SluiceConfig config = common.load();
        RulesEngine engine = new Shutdown().closing(RulesEngine.start(config));
        common.say("engine " + engine.instance() + " runs; brokers "
                + config.kafka().get("bootstrap.servers"));
        new CountDownLatch(1).await();
        return Exit.OK;
    }
}
