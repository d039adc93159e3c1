package dev.sluice.control;

import dev.sluice.rule.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All versions of one ruleset that stand on the control topic, sorted into accepted and refused.
 *
 * <p>A version is accepted when it can be read, its digest is right and it is higher than every version accepted before
 * it in the order of the log. An accepted version never changes: other text under its number is refused. Deleting a
 * version judges the rest again, as if the deleted one had never stood there; so a replay of the compacted topic gives
 * the same image as the live one.
 */
public final class RulesetImage {

    /**
     * A version that is not accepted.
     *
     * @param offset of its record on the control topic
     */
    public record Refusal(long version, long offset, List<Problem> problems) {
        public Refusal {
            problems = List.copyOf(problems);
        }
    }

    /** An accepted version with the offset of its record. */
    public record Accepted(PublishedVersion published, long offset) {}

    /**
     * What stands under one version number.
     *
     * @param published null when it cannot be read
     * @param isIntact whether the digest is that of the text; told once, since texts may be long
     */
    private record Entry(
            long version,
            long offset,
            @Nullable PublishedVersion published,
            boolean isIntact,
            String unreadable,
            Optional<Refusal> overwrite) {}

    private record Judgement(List<Accepted> accepted, List<Refusal> refused) {}

    private final SortedMap<Long, Entry> entries;
    /** Made when it is first asked for: a restore folds thousands of records and asks once. */
    private volatile @Nullable Judgement judgement;

    private RulesetImage(SortedMap<Long, Entry> entries) {
        this.entries = entries;
    }

    private Judgement judged() {
        Judgement known = judgement;
        if (known == null) {
            known = judge(entries.values());
            judgement = known;
        }
        return known;
    }

    private static Judgement judge(Collection<Entry> entries) {
        List<Accepted> good = new ArrayList<>();
        List<Refusal> bad = new ArrayList<>();
        List<Entry> inOrderOfLog = new ArrayList<>(entries);
        inOrderOfLog.sort(Comparator.comparingLong(Entry::offset));
        long last = 0;
        for (Entry entry : inOrderOfLog) {
            Optional<Problem> problem = judge(entry, last);
            if (problem.isPresent() || entry.published() == null) {
                problem.ifPresent(p -> bad.add(new Refusal(entry.version(), entry.offset(), List.of(p))));
            } else {
                good.add(new Accepted(entry.published(), entry.offset()));
                last = entry.version();
            }
            entry.overwrite().ifPresent(bad::add);
        }
        bad.sort(Comparator.comparingLong(Refusal::offset));
        return new Judgement(List.copyOf(good), List.copyOf(bad));
    }

    /** That of a ruleset without versions. */
    public static RulesetImage empty() {
        return new RulesetImage(new TreeMap<>());
    }

    /** Accepted versions, rising. */
    public List<Accepted> accepted() {
        return judged().accepted();
    }

    /** The accepted version of a number. */
    public Optional<Accepted> accepted(long version) {
        return accepted().stream()
                .filter(a -> a.published().version() == version)
                .findFirst();
    }

    /** The highest accepted number; 0 for none. */
    public long highestAccepted() {
        List<Accepted> accepted = accepted();
        return accepted.isEmpty()
                ? 0
                : accepted.get(accepted.size() - 1).published().version();
    }

    /** Refused records, in the order of the log. */
    public List<Refusal> refused() {
        return judged().refused();
    }

    /** The highest number that any record bears, accepted or not; 0 for none. */
    public long highestVersion() {
        return entries.isEmpty() ? 0 : entries.lastKey();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    RulesetImage publish(PublishedVersion published, long offset) {
        Entry standing = entries.get(published.version());
        Entry next = new Entry(published.version(), offset, published, published.isIntact(), "", Optional.empty());
        if (standing == null || !isAccepted(standing)) {
            return with(next);
        }
        if (standing.published() != null && standing.published().source().equals(published.source())) {
            return this;
        }
        return with(overwritten(standing, offset, "with other text"));
    }

    RulesetImage unreadable(long version, String reason, long offset) {
        Entry standing = entries.get(version);
        return standing != null && isAccepted(standing)
                ? with(overwritten(standing, offset, "with a value that cannot be read: " + reason))
                : with(new Entry(version, offset, null, false, reason, Optional.empty()));
    }

    RulesetImage delete(long version) {
        SortedMap<Long, Entry> rest = new TreeMap<>(entries);
        rest.remove(version);
        return new RulesetImage(rest);
    }

    private RulesetImage with(Entry entry) {
        SortedMap<Long, Entry> next = new TreeMap<>(entries);
        next.put(entry.version(), entry);
        return new RulesetImage(next);
    }

    private boolean isAccepted(Entry entry) {
        return accepted(entry.version()).isPresent();
    }

    private static Entry overwritten(Entry standing, long offset, String how) {
        Problem problem = Problem.error(
                "version-not-higher",
                "version " + standing.version() + " was accepted at offset " + standing.offset()
                        + " and was written again " + how + "; the accepted text stays: publish a new version");
        Refusal refusal = new Refusal(standing.version(), offset, List.of(problem));
        return new Entry(
                standing.version(),
                standing.offset(),
                standing.published(),
                standing.isIntact(),
                "",
                Optional.of(refusal));
    }

    private static Optional<Problem> judge(Entry entry, long last) {
        PublishedVersion published = entry.published();
        if (published == null) {
            return Optional.of(Problem.error("unreadable-version", entry.unreadable()));
        }
        if (!entry.isIntact()) {
            return Optional.of(Problem.error(
                    "digest-mismatch",
                    "the digest " + published.digest() + " is not that of the source text: the record was damaged or"
                            + " changed after it was signed; publish the file again"));
        }
        if (entry.version() <= last) {
            return Optional.of(Problem.error(
                    "version-not-higher",
                    "version " + entry.version() + " is not higher than the last one, " + last
                            + ": publish it as version " + (last + 1) + " or higher"));
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RulesetImage that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return "accepted " + accepted() + ", refused " + refused();
    }
}
