package dev.sluice.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes of the JDK that runs the tests, with their class path. */
final class JavaProcess {
    private JavaProcess() {}

    /** A process that runs {@code main}, a class and its arguments. */
    static ProcessBuilder of(List<String> javaOptions, List<String> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(main);
        return new ProcessBuilder(command);
    }
}
