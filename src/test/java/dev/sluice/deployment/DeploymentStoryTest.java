package dev.sluice.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of versions: {@code src/test/resources/deployment/NAME.story}, in the words of {@link Story}. Run with
 * {@code -Dsluice.rewrite=true} to tell them anew, and read the difference.
 */
final class DeploymentStoryTest {
    private static final Path STORIES = Path.of("src/test/resources/deployment");

    static List<String> stories() throws IOException {
        try (Stream<Path> files = Files.list(STORIES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void goesAsItIsTold(String name) throws IOException {
        String text = Files.readString(STORIES.resolve(name));
        String told = new Story(null).tell(text);
        if (Boolean.getBoolean("sluice.rewrite")) {
            Files.writeString(STORIES.resolve(name), told);
        }
        assertThat(told).isEqualTo(Files.readString(STORIES.resolve(name)));
    }

    private static Story killed(String name, int second) throws IOException {
        Story story = new Story(Duration.ofSeconds(second));
        story.tell(Files.readString(STORIES.resolve(name)));
        return story;
    }

    private static String end(Story story) {
        return Objects.requireNonNull(story.deployment()).state().word();
    }

    @Test
    void aHealthyCanaryGetsThroughWhereverItsDeciderDies() throws IOException {
        for (int second = 1; second < 400; second += 3) {
            Story story = killed("canary-to-the-end.story", second);
            assertThat(end(story)).as("killed at %d s", second).isEqualTo("Active");
            assertThat(story.transitions())
                    .as("killed at %d s", second)
                    .extracting(Decision.Transition::to)
                    .doesNotContain("RollingBack", "Paused", "Failed");
        }
    }

    @Test
    void aBadVersionIsTakenBackWhereverItsDeciderDies() throws IOException {
        for (int second = 1; second < 220; second += 2) {
            assertThat(killed("breach-at-25-percent.story", second).transitions())
                    .as("killed at %d s", second)
                    .filteredOn(transition -> transition.version() == 2)
                    .last()
                    .extracting(Decision.Transition::to)
                    .isEqualTo("RolledBack");
        }
    }

    /** How long an instance was silent is not known to who takes over. */
    private static List<String> steps(Story story) {
        return story.transitions().stream()
                .map(step -> step.toString().replaceAll("silent since \\d+ s", "silent"))
                .toList();
    }

    /** Where nothing depends on what versions did, another decider decides the same at the same time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scheduled-across-a-restart.story",
                "one-instance-refuses.story",
                "stage-only.story",
                "ab-test-by-hand.story",
                "published-twice.story"
            })
    void anotherDeciderDecidesTheSame(String name) throws IOException {
        Story whole = new Story(null);
        whole.tell(Files.readString(STORIES.resolve(name)));
        for (int second = 1; second < 120; second++) {
            Story story = killed(name, second);
            assertThat(steps(story)).as("killed at %d s", second).isEqualTo(steps(whole));
        }
    }
}
