package dev.sluice.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ruleset.Digest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlImageTest {
    private ControlImage image = ControlImage.EMPTY;
    private long offset;

    @Test
    void acceptsRisingVersions() {
        publish(1, "a");
        publish(2, "b");
        publish(5, "c");

        assertThat(acceptedVersions()).containsExactly(1L, 2L, 5L);
        assertThat(flights().refused()).isEmpty();
        assertThat(image.offset()).isEqualTo(2);
    }

    @Test
    void refusesAVersionThatIsNotHigherThanTheLast() {
        publish(3, "a");
        publish(2, "b");

        assertThat(acceptedVersions()).containsExactly(3L);
        assertThat(refusalCodes()).containsExactly("version-not-higher");
        assertThat(flights().refused().get(0).problems().get(0).message())
                .contains("version 2", "the last one, 3", "version 4 or higher");
    }

    @Test
    void keepsAnAcceptedVersionThatIsWrittenAgainWithOtherText() {
        publish(1, "a");
        publish(1, "other");

        assertThat(flights().accepted().get(0).published().source()).isEqualTo("a");
        assertThat(refusalCodes()).containsExactly("version-not-higher");
    }

    @Test
    void takesTheSameRecordTwiceAsOne() {
        publish(1, "a");
        RulesetImage before = flights();
        publish(1, "a");

        assertThat(flights()).isEqualTo(before);
    }

    @Test
    void refusesAWrongDigestAndAcceptsTheNumberLater() {
        apply(new ControlRecord.VersionPublished(
                new PublishedVersion("flights", 1, "a", "sha256:00", null, "ann", "", Instant.EPOCH)));
        assertThat(refusalCodes()).containsExactly("digest-mismatch");

        publish(1, "a");
        assertThat(acceptedVersions()).containsExactly(1L);
        assertThat(flights().refused()).isEmpty();
    }

    @Test
    void keepsTheAcceptedTextWhenGarbageIsWrittenOverIt() {
        publish(1, "a");
        apply(new ControlRecord.VersionUnreadable(new ControlKey.OfVersion("flights", 1), "garbage"));

        assertThat(acceptedVersions()).containsExactly(1L);
        assertThat(refusalCodes()).containsExactly("version-not-higher");
    }

    @Test
    void judgesTheRestAgainWhenAVersionIsDeleted() {
        publish(1, "a");
        publish(3, "c");
        publish(2, "b");
        assertThat(acceptedVersions()).containsExactly(1L, 3L);

        delete(3);
        assertThat(acceptedVersions()).containsExactly(1L, 2L);
        assertThat(flights().refused()).isEmpty();
    }

    @Test
    void forgetsARulesetWhoseVersionsAreAllDeleted() {
        publish(1, "a");
        delete(1);

        assertThat(image.rulesets()).isEmpty();
        assertThat(image.offset()).isEqualTo(1);
    }

    @Test
    void remembersUnknownKeysUntilTheyAreDeletedAndNeverMoreThanAHundred() {
        apply(new ControlRecord.Unknown("nonsense", "no such key"));
        assertThat(image.unknown()).containsOnlyKeys("nonsense");
        apply(new ControlRecord.UnknownDeleted("nonsense"));
        assertThat(image.unknown()).isEmpty();

        for (int i = 0; i < 150; i++) {
            apply(new ControlRecord.Unknown("key-" + i, "no such key"));
        }
        assertThat(image.unknown()).hasSize(100).containsKey("key-149").doesNotContainKey("key-0");
    }

    @Test
    void readsKeysOfItsOwnFormOnly() {
        assertThat(ControlKey.parse("ruleset/flights/12")).isEqualTo(new ControlKey.OfVersion("flights", 12));
        assertThat(ControlKey.parse("deployment/flights")).isEqualTo(new ControlKey.OfDeployment("flights"));
        for (String bad : List.of(
                "",
                "flights",
                "ruleset/flights",
                "ruleset/flights/0",
                "ruleset/flights/-1",
                "ruleset/flights/1x",
                "ruleset/Flights/1",
                "ruleset/a/b/1",
                "ruleset/flights/9999999999999999999",
                "deployment/Flights",
                "deployment/flights/1")) {
            assertThat(ControlKey.parse(bad)).as(bad).isInstanceOf(ControlKey.Unknown.class);
        }
    }

    private void publish(long version, String source) {
        apply(new ControlRecord.VersionPublished(
                new PublishedVersion("flights", version, source, Digest.of(source), null, "ann", "", Instant.EPOCH)));
    }

    private void delete(long version) {
        apply(new ControlRecord.VersionDeleted(new ControlKey.OfVersion("flights", version)));
    }

    private void apply(ControlRecord record) {
        image = image.apply(record, offset++);
    }

    private RulesetImage flights() {
        return image.rulesets().get("flights");
    }

    private List<Long> acceptedVersions() {
        return flights().accepted().stream().map(a -> a.published().version()).toList();
    }

    private List<String> refusalCodes() {
        return flights().refused().stream().map(r -> r.problems().get(0).code()).toList();
    }
}
