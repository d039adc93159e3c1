package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.window.WindowSpec;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

final class DueTimesTest {
    private static final OwnedStates OWNED = OwnedStates.of(
            StateOwner.of(
                    "pings",
                    Objects.requireNonNull(
                            WindowedRules.rule("r", new WindowSpec.Sliding(1_000, 0), new Trigger.Each(0))
                                    .windowing())),
            1);

    private final DueTimes dueTimes = new DueTimes();

    private static Bytes key(int number) {
        return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    @Test
    void givesEachStateOfATimeOnceAndTheFirstTimesFirst() {
        Random random = new Random(20_261_121);
        Map<Long, Set<Bytes>> model = new TreeMap<>();
        for (int step = 0; step < 200_000; step++) {
            // At one time there are many, at the others a few.
            long atMs = random.nextInt(3) == 0 ? 100 : random.nextInt(200);
            if (random.nextInt(5) > 0) {
                Bytes key = key(random.nextInt(50_000));
                dueTimes.add(atMs, OWNED, key);
                model.computeIfAbsent(atMs, at -> new HashSet<>()).add(key);
            } else {
                pollLike(model);
            }
        }
        assertThat(model.get(100L)).hasSizeGreaterThan(10_000);
        while (!model.isEmpty()) {
            pollLike(model);
        }
        assertThat(dueTimes.firstMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(dueTimes.poll()).isNull();
    }

    private void pollLike(Map<Long, Set<Bytes>> model) {
        if (model.isEmpty()) {
            return;
        }
        long firstMs = model.keySet().iterator().next();
        assertThat(dueTimes.firstMs()).isEqualTo(firstMs);
        DueTimes.Ref ref = Objects.requireNonNull(dueTimes.poll());
        Set<Bytes> keys = model.get(firstMs);
        assertThat(keys.remove(ref.key())).isTrue();
        if (keys.isEmpty()) {
            model.remove(firstMs);
        }
    }
}
