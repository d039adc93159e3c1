package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deployment.Deployment;
import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.RandomDeployments;
import java.io.IOException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeploymentCodecTest {
    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final RandomDeployments deployments = new RandomDeployments(new Random(seed));

    @Test
    void everyDeploymentIsReadBackAsItWas() throws IOException {
        System.out.println("DeploymentCodecTest: -Dsluice.seed=" + seed);
        Set<String> states = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            Deployment of = deployments.deployment();
            var bytes = DeploymentCodec.record(of).toByteBuffer();
            Deployment read = DeploymentCodec.of(dev.sluice.schema.Deployment.fromByteBuffer(bytes));
            assertThat(read).as("seed %d", seed).isEqualTo(of);
            assertThat(read.routing()).isEqualTo(of.routing());
            states.add(of.state().word());
        }
        assertThat(states).hasSize(8);
    }

    @Test
    void theRecordTellsTheRoutingToWhoReadsNoState() {
        for (int i = 0; i < 500; i++) {
            Deployment of = deployments.deployment();
            var record = DeploymentCodec.record(of);
            assertThat(record.getActive()).isEqualTo(of.routing().stable());
            assertThat(record.getCandidate()).isEqualTo(of.routing().candidate());
            assertThat(record.getSalt()).isEqualTo(of.routing().salt());
            if (record.getCandidate() != null) {
                assertThat(record.getWeight()).isEqualTo(of.routing().weight());
            }
        }
    }

    @Test
    void everySpecificationIsReadBackAsItWas() {
        for (int i = 0; i < 2_000; i++) {
            DeploymentSpec spec = deployments.spec();
            assertThat(SpecJson.read(SpecJson.write(spec))).as("seed %d", seed).isEqualTo(spec);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"strategy\":\"red_blue\"}",
                "{\"strategy\":\"blue_green\",\"activation\":0}",
                "{\"strategy\":\"canary\",\"stages\":[5,3],\"stageMs\":1,\"advance\":\"automatic\"}",
                "{\"strategy\":\"scheduled\",\"at\":\"tomorrow\",\"then\":\"blue_green\"}"
            })
    void whatIsNoSpecificationIsRefused(String text) {
        assertThatThrownBy(() -> SpecJson.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStateOfALaterVersionIsRefused() {
        var record = dev.sluice.schema.Deployment.newBuilder(DeploymentCodec.record(deployments.deployment()))
                .setState("Dreaming")
                .build();
        assertThatThrownBy(() -> DeploymentCodec.of(record))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Dreaming");
    }
}
