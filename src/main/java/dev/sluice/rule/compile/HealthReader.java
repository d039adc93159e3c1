package dev.sluice.rule.compile;

import dev.sluice.deployment.HealthPolicy;
import dev.sluice.deployment.HealthPolicy.OnBreach;
import dev.sluice.rule.compile.SettingReader.Bounds;
import dev.sluice.rule.compile.SettingReader.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code health} of a deployment: a profile, or a mapping with what differs from one. */
final class HealthReader {
    private static final String KEY = "health";
    private static final List<String> PROFILE_NAMES = List.of("default", "development", "production");
    private static final Map<String, HealthPolicy> PROFILES = Map.of(
            "default", HealthPolicy.DEFAULT,
            "development", HealthPolicy.DEVELOPMENT,
            "production", HealthPolicy.PRODUCTION);
    private static final List<String> KEYS = List.of(
            "profile",
            "errorRate",
            "latencyUs",
            "timeouts",
            "relativeErrors",
            "relativeLatency",
            "minimumSample",
            "window",
            "onBreach");

    private static final Bounds SHARE = new Bounds(0, 1);
    private static final Bounds LATENCY_US = new Bounds(1, 60_000_000);
    private static final Bounds COUNT = new Bounds(0, 1e12);
    private static final Bounds SAMPLE = new Bounds(1, 1e12);
    private static final Bounds TIMES = new Bounds(1, 1000, ", or 0 to compare nothing");
    private static final Span WINDOW = new Span(Duration.ofMillis(100), Duration.ofHours(1));

    private final SettingReader settings;

    HealthReader(Problems problems) {
        this.settings = new SettingReader(problems);
    }

    /** @param base what is left out is taken from it */
    HealthPolicy read(Mapping deployment, HealthPolicy base) {
        if (deployment.node(KEY) instanceof YamlNode.Scalar) {
            return profile(deployment, KEY).orElse(base);
        }
        Mapping keys = deployment.optionalMapping(KEY, "`health`");
        if (keys == null) {
            return base;
        }
        keys.allowOnly(KEYS, List.of());
        HealthPolicy from = profile(keys, "profile").orElse(base);
        return new HealthPolicy(
                settings.number(keys, "errorRate", SHARE).orElse(from.errorRate()),
                settings.whole(keys, "latencyUs", LATENCY_US).stream()
                        .mapToObj(us -> Duration.ofNanos(1000 * us))
                        .findFirst()
                        .orElse(from.latency()),
                settings.whole(keys, "timeouts", COUNT).orElse(from.timeouts()),
                factor(keys, "relativeErrors", from.relativeErrors()),
                factor(keys, "relativeLatency", from.relativeLatency()),
                settings.whole(keys, "minimumSample", SAMPLE).orElse(from.minimumSample()),
                settings.time(keys, "window", WINDOW).orElse(from.window()),
                settings.word(keys, "onBreach", OnBreach.class).orElse(from.onBreach()));
    }

    private Optional<HealthPolicy> profile(Mapping keys, String key) {
        return settings.choice(keys, key, PROFILE_NAMES).map(PROFILES::get);
    }

    /** 0 turns a comparison off; less than once as much would fail a version that is better. */
    private double factor(Mapping keys, String key, double otherwise) {
        Located text = keys.optionalQuietly(key);
        return text != null && text.text().equals("0")
                ? 0
                : settings.number(keys, key, TIMES).orElse(otherwise);
    }
}
