package dev.sluice.testing;

import dev.sluice.demo.BrokerOptions;
import dev.sluice.demo.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An embedded broker in a process of its own, so that its collector's pauses are its own. It ends with this process. */
public final class ChildBroker implements AutoCloseable {
    private static final String SERVERS = "bootstrap.servers=";

    private final Process process;
    private final String bootstrapServers;

    private ChildBroker(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    public static ChildBroker start(List<String> javaOptions) {
        try {
            Process process = JavaProcess.of(javaOptions, List.of(ChildBroker.class.getName()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new ChildBroker(process, servers(process.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String servers(InputStream output) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(SERVERS)) {
                return line.substring(SERVERS.length());
            }
        }
        throw new IllegalStateException("the broker's process ended before it told its address");
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** In the other process: serves until its standard input ends. */
    public static void main(String[] args) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.temporary())) {
            System.out.println(SERVERS + broker.bootstrapServers());
            int unused = System.in.read();
        }
        System.exit(0);
    }

    /** Returns when it has ended and its folder is removed. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
