package dev.sluice.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** One command of {@code sluice}, run in this JVM: its exit code and what it printed. */
public record CommandRun(int code, String out, String err) {

    public static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** A command with the configuration of {@code sandbox}. */
    public static CommandRun in(Sandbox sandbox, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", sandbox.configFile().toString()));
        all.addAll(List.of("--topics", sandbox.topicsFile().toString()));
        return of(all.toArray(String[]::new));
    }

    /** Standard output as one JSON value. */
    public JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + out + err, e);
        }
    }
}
