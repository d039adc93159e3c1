package dev.sluice.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Kafka cluster a state folder belongs to, in the file {@code cluster} of the folder. Positions and window state of one
 * cluster mean nothing in another.
 */
final class FolderCluster {
    private static final Pattern TEXT = Pattern.compile("cluster\\.id=(\\S+)\\R?");

    private FolderCluster() {}

    /**
     * Sees that the folder belongs to a cluster; a folder that belongs to none from now on does.
     *
     * @throws StateFolderException when it belongs to another, or its file tells nothing
     */
    static void demand(Path folder, String clusterId) throws IOException {
        Path file = folder.resolve("cluster");
        if (!Files.exists(file)) {
            write(file, clusterId);
            return;
        }
        String known = read(folder, file);
        if (!known.equals(clusterId)) {
            throw new StateFolderException("the state folder " + folder + " belongs to the Kafka cluster " + known
                    + ", but the brokers are of the cluster " + clusterId + ": set engine.stateDir"
                    + " (SLUICE_ENGINE_STATE_DIR) to another folder, or delete this one if the cluster " + known
                    + " is given up");
        }
    }

    private static String read(Path folder, Path file) throws IOException {
        Matcher text = TEXT.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!text.matches()) {
            throw new StateFolderException("the file " + file + " is damaged: it should say to which Kafka cluster its"
                    + " folder belongs, as cluster.id=ID; write the right id into it, or delete the folder " + folder
                    + ": an engine reads its state anew from the cluster");
        }
        return text.group(1);
    }

    /** Whole or not at all, also when the machine fails meanwhile. */
    private static void write(Path file, String clusterId) throws IOException {
        Path draft = file.resolveSibling("cluster.new");
        Files.writeString(draft, "cluster.id=" + clusterId + "\n");
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
