package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeySplitTest {

    /** Hashes published for the reference implementation. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | hello | 248bfa47",
                "hello | ', world' | 149bbb7f",
                "'' | The quick brown fox jumps over the lazy dog | 2e4ff723",
                "'' | '' | 0"
            })
    void hashesSaltAndKeyByMurmur3(String salt, String key, String hash) {
        long expected = Long.parseLong(hash, 16) % KeySplit.BUCKETS;
        assertThat(new KeySplit(salt).bucket(key)).isEqualTo((int) expected);
    }

    @Test
    void hashesEveryTextAsTheLibraryDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            String salt = text(random);
            String key = text(random);
            int hash = Hashing.murmur3_32_fixed()
                    .hashString(salt + key, StandardCharsets.UTF_8)
                    .asInt();
            assertThat(new KeySplit(salt).bucket(key))
                    .as("%s and %s", salt, key)
                    .isEqualTo(Integer.remainderUnsigned(hash, KeySplit.BUCKETS));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.appendCodePoint(
                    random.nextInt(20) == 0 ? 0x1F600 : random.nextInt(15) == 0 ? 'é' : 33 + random.nextInt(90));
        }
        return text.toString();
    }

    /** The vectors of docs/deployments.md, made by another program. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "payments/7/1 | account-1 | 7455",
                "payments/7/1 | account-2 | 2693",
                "payments/7/1 | account-3 | 1272",
                "payments/7/2 | account-1 | 4823",
                "flights/3/1 | ORD | 7714",
                "flights/3/1 | Zürich | 7870",
                "flights/3/1 | '' | 8398"
            })
    void everyKeyHasItsDocumentedBucket(String salt, String key, int bucket) {
        assertThat(new KeySplit(salt).bucket(key)).isEqualTo(bucket);
    }

    @Test
    void theWorkedExampleHolds() {
        assertThat(new KeySplit("").bucket("hello")).isEqualTo(3_351);
    }

    @Test
    void aWeightGetsItsShareOfKeys() {
        KeySplit split = new KeySplit("payments/7");
        int within = 0;
        for (int i = 0; i < 100_000; i++) {
            within += split.isWithin(2_500, "account-" + i) ? 1 : 0;
        }
        assertThat(within / 100_000.0).isCloseTo(0.25, within(0.01));
    }

    @Test
    void aGrowingWeightOnlyAddsKeys() {
        KeySplit split = new KeySplit("payments/7");
        for (int i = 0; i < 2_000; i++) {
            boolean before = false;
            for (int weight = 0; weight <= KeySplit.BUCKETS; weight += 500) {
                boolean now = split.isWithin(weight, "account-" + i);
                assertThat(now || !before).as("key %d at weight %d", i, weight).isTrue();
                before = now;
            }
            assertThat(before).isTrue();
        }
    }

    @Test
    void anotherSaltIsAnotherSplit() {
        int same = 0;
        for (int i = 0; i < 10_000; i++) {
            same += new KeySplit("a").isWithin(5_000, "k" + i) == new KeySplit("b").isWithin(5_000, "k" + i) ? 1 : 0;
        }
        assertThat(same).isBetween(4_500, 5_500);
    }
}
