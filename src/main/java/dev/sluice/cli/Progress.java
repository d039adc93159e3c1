package dev.sluice.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar where standard error is a terminal, nothing elsewhere. */
final class Progress implements AutoCloseable {
    private final @Nullable ProgressBar bar;

    /** @param total number of steps; -1 when not known */
    Progress(String task, String unit, long total) {
        this.bar = !Terminal.isThere()
                ? null
                : new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .setUnit(" " + unit, 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(100)
                        .showSpeed()
                        .build();
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
