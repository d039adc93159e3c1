package dev.sluice.deployment;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Keys divided into {@value #BUCKETS} buckets, the same on every instance and in every run: the 32-bit murmur3 hash (x86,
 * seed 0) of the salt's and the key's text in UTF-8, taken as unsigned, modulo the number of buckets. An arm with a weight
 * has the buckets below it, so a growing weight adds keys and takes none away.
 *
 * <p>Worked example: salt {@code ""}, key {@code "hello"}: hash 0x248bfa47 = 613,153,351, bucket 3,351.
 *
 * @param salt what makes one split differ from another
 */
public record KeySplit(String salt) {
    public static final int BUCKETS = 10_000;

    private static final HashFunction MURMUR3 = Hashing.murmur3_32_fixed();

    /** From 0 to {@value #BUCKETS} - 1. */
    public int bucket(String key) {
        String text = salt.isEmpty() ? key : salt.concat(key);
        return Integer.remainderUnsigned(
                MURMUR3.hashString(text, StandardCharsets.UTF_8).asInt(), BUCKETS);
    }

    /**
     * Whether the key belongs to an arm.
     *
     * @param weight of the arm, in buckets from 0 to {@value #BUCKETS}
     */
    public boolean isWithin(int weight, String key) {
        return bucket(key) < weight;
    }
}
