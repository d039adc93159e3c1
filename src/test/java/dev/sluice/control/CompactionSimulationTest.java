package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ruleset.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A replay of the compacted topic gives what the live fold gave, at every moment. */
class CompactionSimulationTest {
    private static final int RUNS = 500;
    private static final int RECORDS = 60;

    private record Placed(long offset, ControlRecord record) {}

    @Test
    void compactedReplayAcceptsWhatTheLiveFoldAccepted() {
        long seed = System.nanoTime();
        System.out.println("CompactionSimulationTest seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            List<Placed> log = new ArrayList<>();
            Set<String> written = new HashSet<>();
            ControlImage live = ControlImage.EMPTY;
            for (long offset = 0; offset < RECORDS; offset++) {
                ControlRecord record = anyRecord(random);
                // An accepted version is never written again by a publisher; what a foreign writer does to the live
                // image is tested in ControlImageTest, and the topic's compaction lag keeps its first text readable.
                boolean isDeletion = record instanceof ControlRecord.VersionDeleted;
                if (!isDeletion && !written.add(record.key())) {
                    continue;
                }
                if (isDeletion) {
                    written.remove(record.key());
                }
                log.add(new Placed(offset, record));
                live = live.apply(record, offset);
                assertThat(accepted(replay(compacted(log, random.nextInt(log.size() + 1)))))
                        .as("seed %d run %d after %s", seed, run, log)
                        .isEqualTo(accepted(live));
            }
        }
    }

    @Test
    void fullReplayGivesTheSameImage() {
        long seed = System.nanoTime();
        System.out.println("CompactionSimulationTest seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            List<Placed> log = new ArrayList<>();
            ControlImage live = ControlImage.EMPTY;
            for (long offset = 0; offset < RECORDS; offset++) {
                ControlRecord record = anyRecord(random);
                log.add(new Placed(offset, record));
                live = live.apply(record, offset);
            }
            assertThat(replay(log)).as("seed %d run %d", seed, run).isEqualTo(live);
        }
    }

    /** What compaction leaves of the first {@code until} records, followed by the rest. */
    @SuppressWarnings("ReferenceEquality") // this very record, not an equal one
    private static List<Placed> compacted(List<Placed> log, int until) {
        Map<String, Placed> last = new HashMap<>();
        log.subList(0, until).forEach(placed -> last.put(placed.record().key(), placed));
        List<Placed> kept = new ArrayList<>();
        for (Placed placed : log.subList(0, until)) {
            boolean isTombstone = placed.record() instanceof ControlRecord.VersionDeleted;
            if (last.get(placed.record().key()) == placed && !isTombstone) {
                kept.add(placed);
            }
        }
        kept.addAll(log.subList(until, log.size()));
        return kept;
    }

    private static ControlImage replay(List<Placed> log) {
        ControlImage image = ControlImage.EMPTY;
        for (Placed placed : log) {
            image = image.apply(placed.record(), placed.offset());
        }
        return image;
    }

    private static Map<String, List<RulesetImage.Accepted>> accepted(ControlImage image) {
        Map<String, List<RulesetImage.Accepted>> accepted = new HashMap<>();
        image.rulesets().forEach((name, ruleset) -> accepted.put(name, ruleset.accepted()));
        return accepted;
    }

    private static ControlRecord anyRecord(Random random) {
        String name = random.nextBoolean() ? "a" : "b";
        long version = 1L + random.nextInt(12);
        ControlKey.OfVersion key = new ControlKey.OfVersion(name, version);
        int kind = random.nextInt(10);
        if (kind < 2) {
            return new ControlRecord.VersionDeleted(key);
        }
        if (kind == 2) {
            return new ControlRecord.VersionUnreadable(key, "garbage");
        }
        String source = "text " + random.nextInt(4);
        String digest = kind == 3 ? "sha256:wrong" : Digest.of(source);
        return new ControlRecord.VersionPublished(
                new PublishedVersion(name, version, source, digest, null, "ann", "", Instant.EPOCH));
    }
}
