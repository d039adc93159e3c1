package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.evaluation.GroupKey;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Windowing;
import dev.sluice.rule.Windowing.Trigger;
import dev.sluice.window.WindowSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HotStatesTest {
    private static final CompiledRule RULE =
            WindowedRules.rule("r", new WindowSpec.Sliding(1_000, 0), new Trigger.Each(0));
    private static final OwnedStates OWNED = OwnedStates.of(StateOwner.of("pings", windowing()), 1);

    private final HotStates states = new HotStates();

    private static Windowing windowing() {
        return Objects.requireNonNull(RULE.windowing());
    }

    private static HotState state(@Nullable Object... key) {
        return new HotState(
                OWNED,
                new GroupKey(Arrays.asList(key)),
                Bytes.wrap(new byte[0]),
                windowing().shape().fresh());
    }

    @Test
    void findsStatesByEqualKeys() {
        HotState none = state((Object) null);
        HotState two = state("a", 1L);
        states.add(none);
        states.add(two);

        assertThat(states.get(new GroupKey(Arrays.asList((Object) null)))).isSameAs(none);
        assertThat(states.get(new GroupKey(Arrays.asList("a", 1L)))).isSameAs(two);
        assertThat(states.get(new GroupKey(Arrays.asList("a")))).isNull();
    }

    @Test
    void holdsWhatAMapHolds() {
        Random random = new Random(20_260_704);
        Map<GroupKey, HotState> model = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            HotState next = state((long) random.nextInt(step < 50_000 ? 2_000 : 50));
            HotState known = model.get(next.key);
            assertThat(states.get(next.key)).isSameAs(known);
            if (known == null) {
                states.add(next);
                model.put(next.key, next);
            } else if (random.nextInt(3) > 0) {
                states.remove(known);
                model.remove(next.key);
            }
        }
        Set<HotState> shown = new HashSet<>();
        states.forEach(shown::add);

        assertThat(shown).containsExactlyInAnyOrderElementsOf(model.values());
    }
}
