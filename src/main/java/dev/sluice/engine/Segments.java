package dev.sluice.engine;

/**
 * Which of some small tables a key belongs to. One hash table of a million keys grows in a single step of tens of
 * milliseconds, in which its thread does nothing else; each of these grows in microseconds.
 */
final class Segments {
    static final int COUNT = 256;

    private static final int BITS = 8;

    private Segments() {}

    /** From 0 to {@value #COUNT} - 1, by other bits of the hash than those that a table looks at first. */
    static int of(Object key) {
        return (key.hashCode() * 0x9E3779B9) >>> (Integer.SIZE - BITS);
    }
}
