package dev.sluice.window;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ValueBytesTest {

    @Test
    void givesBackEveryKindOfValue() {
        List<@Nullable Object> values = Arrays.asList(
                null,
                -3L,
                Long.MAX_VALUE,
                2.5,
                true,
                "Zürich",
                Instant.ofEpochSecond(-5, 7),
                Duration.ofMillis(90_001),
                List.of(1L, List.of("a")),
                Map.of("k", 4L));

        assertThat(ValueBytes.readAll(new ByteIn(equalBytes(values)))).isEqualTo(values);
    }

    @Test
    void givesEqualValuesEqualBytes() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("a", List.of(0.0));
        one.put("b", 1L);
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("b", 1L);
        other.put("a", List.of(-0.0));

        assertThat(equalBytes(List.of(one))).isEqualTo(equalBytes(List.of(other)));
    }

    @Test
    void givesOtherValuesOtherBytes() {
        List<Object> values = List.of(1L, 1.0, "1", true, List.of(1L), Map.of(1L, 1L), Duration.ofSeconds(1));

        assertThat(values.stream().map(value -> new String(equalBytes(List.of(value)), ISO_8859_1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsTheSignOfAZeroThatIsAResult() {
        ByteOut out = new ByteOut();
        ValueBytes.write(out, -0.0);

        assertThat(ValueBytes.read(new ByteIn(out.toBytes()))).isEqualTo(-0.0);
    }

    @Test
    void refusesWhatIsNoValue() {
        assertThatThrownBy(() -> ValueBytes.write(new ByteOut(), new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
    }

    private static byte[] equalBytes(List<? extends @Nullable Object> values) {
        ByteOut out = new ByteOut();
        ValueBytes.writeEqual(out, values);
        return out.toBytes();
    }
}
