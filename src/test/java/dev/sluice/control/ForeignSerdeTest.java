package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a serde throws that is not ours. */
final class ForeignSerdeTest {
    private static final byte[] KEY = "ruleset/flights/1".getBytes(StandardCharsets.UTF_8);

    @AfterEach
    void clearTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void anInterruptIsNoFaultOfTheRecord() {
        ControlCodec codec = codec((topic, bytes) -> {
            throw new InterruptException("interrupted while asking the schema registry");
        });
        assertThatThrownBy(() -> codec.decode(KEY, new byte[6], new RecordHeaders()))
                .isInstanceOf(InterruptException.class);
    }

    @Test
    void whatAForeignSerdeThrowsRefusesTheVersion() {
        ControlCodec codec = codec((topic, bytes) -> {
            throw new IllegalArgumentException("odd bytes");
        });
        assertThat(codec.decode(KEY, new byte[6], new RecordHeaders()))
                .isInstanceOf(ControlRecord.VersionUnreadable.class);
    }

    private static ControlCodec codec(Deserializer<Object> deserializer) {
        return new ControlCodec("sluice.control", deserializer);
    }
}
