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
 */
public final class KeySplit {
    public static final int BUCKETS = 10_000;

    private static final HashFunction MURMUR3 = Hashing.murmur3_32_fixed();
    private static final int ASCII = 0x80;

    private final String salt;

    /** The hash after the salt's whole blocks of four bytes, and the bytes that are left of it. */
    private final int saltHash;

    private final int saltRest;
    private final int saltLength;

    /** @param salt what makes one split differ from another */
    public KeySplit(String salt) {
        this.salt = salt;
        byte[] bytes = salt.getBytes(StandardCharsets.UTF_8);
        int hash = 0;
        int block = 0;
        for (int i = 0; i < bytes.length; i++) {
            block |= (bytes[i] & 0xff) << (8 * (i & 3));
            if ((i & 3) == 3) {
                hash = mixed(hash, block);
                block = 0;
            }
        }
        this.saltHash = hash;
        this.saltRest = block;
        this.saltLength = bytes.length;
    }

    /** What makes this split differ from another. */
    public String salt() {
        return salt;
    }

    /** From 0 to {@value #BUCKETS} - 1. */
    public int bucket(String key) {
        return Integer.remainderUnsigned(hash(key), BUCKETS);
    }

    /**
     * Whether the key belongs to an arm.
     *
     * @param weight of the arm, in buckets from 0 to {@value #BUCKETS}
     */
    public boolean isWithin(int weight, String key) {
        return bucket(key) < weight;
    }

    /** Nearly all keys are ASCII: their characters are their bytes, and nothing is allocated. */
    private int hash(String key) {
        int hash = saltHash;
        int block = saltRest;
        int length = saltLength;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c >= ASCII) {
                return MURMUR3.hashString(salt.concat(key), StandardCharsets.UTF_8)
                        .asInt();
            }
            block |= c << (8 * (length & 3));
            length++;
            if ((length & 3) == 0) {
                hash = mixed(hash, block);
                block = 0;
            }
        }
        return finished(hash ^ scrambled(block), length);
    }

    private static int mixed(int hash, int block) {
        return Integer.rotateLeft(hash ^ scrambled(block), 13) * 5 + 0xe6546b64;
    }

    private static int scrambled(int block) {
        return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private static int finished(int hash, int length) {
        int h = hash ^ length;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
