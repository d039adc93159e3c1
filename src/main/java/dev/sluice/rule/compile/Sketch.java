package dev.sluice.rule.compile;

import dev.sluice.rule.Predicate;
import java.util.List;

/**
 * One range and one prefix that an alternative asks for, to rule out most pairs of rules at the price of a few
 * comparisons of numbers. Subjects are hashes; 0 stands for none.
 *
 * @param prefix its first characters, 16 bits each
 * @param mask of the bits that {@code prefix} has
 */
record Sketch(long rangeSubject, long low, long high, long prefixSubject, long prefix, long mask) {
    static final Sketch ANYTHING = new Sketch(0, 0, 0, 0, 0, 0);
    private static final int CHARACTERS = Long.SIZE / Character.SIZE;

    static Sketch of(List<Predicate> alternative) {
        Sketch range = ANYTHING;
        Sketch start = ANYTHING;
        for (Predicate part : alternative) {
            if (part instanceof Predicate.InRange one && range.rangeSubject == 0) {
                range = new Sketch(
                        hash(one.subject().text()),
                        one.bounds().low(),
                        one.bounds().high(),
                        0,
                        0,
                        0);
            } else if (part instanceof Predicate.StartsWith one && start.prefixSubject == 0) {
                int length = Math.min(one.prefix().length(), CHARACTERS);
                long mask = length == 0 ? 0 : -1L >>> (Long.SIZE - length * Character.SIZE);
                start = new Sketch(0, 0, 0, hash(one.subject().text()), bits(one.prefix(), length), mask);
            }
        }
        if (range.rangeSubject == 0 && start.prefixSubject == 0) {
            return ANYTHING;
        }
        return new Sketch(range.rangeSubject, range.low, range.high, start.prefixSubject, start.prefix, start.mask);
    }

    private static long hash(String subject) {
        return ReachKeys.mixed(1, subject.hashCode());
    }

    private static long bits(String text, int length) {
        long bits = 0;
        for (int i = 0; i < length; i++) {
            bits |= (long) text.charAt(i) << (i * Character.SIZE);
        }
        return bits;
    }

    /** False only when an alternative with this sketch cannot be seen to hold whenever one with the other does. */
    boolean mayCover(Sketch narrower) {
        boolean range = rangeSubject == 0
                || rangeSubject != narrower.rangeSubject
                || (low <= narrower.low && high >= narrower.high);
        return range
                && (prefixSubject == 0
                        || prefixSubject != narrower.prefixSubject
                        || ((narrower.mask & mask) == mask && (narrower.prefix & mask) == prefix));
    }
}
