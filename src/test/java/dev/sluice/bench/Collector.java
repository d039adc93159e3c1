package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The garbage collector of an engine's JVM. */
enum Collector {
    /** As {@code bin/sluice run} sets it. */
    G1("-XX:+UseG1GC", "-XX:G1HeapRegionSize=8m"),
    SHENANDOAH("-XX:+UseShenandoahGC"),
    /** Of JVMs that were built without Shenandoah. */
    Z("-XX:+UseZGC");

    private final List<String> options;

    Collector(String... options) {
        this.options = List.of(options);
    }

    /** One that moves objects while the application runs, of those that this JVM has. */
    static Collector concurrent() {
        return SHENANDOAH.isHere() ? SHENANDOAH : Z;
    }

    /** For {@code java}. */
    List<String> options() {
        return options;
    }

    private boolean isHere() {
        try {
            return new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    options.get(0),
                                    "-version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
