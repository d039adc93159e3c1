package dev.sluice.rule.compile;

import dev.sluice.settings.RestartSettings;
import dev.sluice.text.NearestName;
import java.util.ArrayList;
import java.util.List;

/** What stands in a settings file and is no setting of the fleet: told by what it is. */
final class MisplacedSettings {
    private static final List<String> OF_RULE_FILES = List.of("ruleset", "rules", "mode", "constants", "description");
    private static final int DEPTH_MAX = 8;

    private final Problems problems;

    MisplacedSettings(Problems problems) {
        this.problems = problems;
    }

    void refuse(Mapping top) {
        for (String key : top.keys()) {
            YamlNode value = top.node(key);
            if (value != null && !SettingsFileReader.SECTIONS.contains(key)) {
                refuse(key, top.keyPlace(key), value);
            }
        }
    }

    private void refuse(String key, Place place, YamlNode value) {
        if (OF_RULE_FILES.contains(key)) {
            problems.error(
                    place,
                    "not-a-setting",
                    null,
                    "`" + key + "` belongs to a rule file; rules are changed by `sluice publish`");
        } else {
            refuse(key, place, value, 1);
        }
    }

    /** Names may be nested or dotted, as in {@code sluice.yaml}. */
    private void refuse(String name, Place place, YamlNode value, int depth) {
        if (value instanceof YamlNode.Mapping mapping && !mapping.entries().isEmpty() && depth < DEPTH_MAX) {
            for (YamlNode.Entry entry : mapping.entries()) {
                String key = entry.key() instanceof YamlNode.Scalar scalar ? scalar.value() : "?";
                refuse(name + "." + key, entry.key().place(), entry.value(), depth + 1);
            }
        } else if (RestartSettings.contains(name)) {
            problems.error(
                    place,
                    SettingsReader.RESTART_NEEDED,
                    null,
                    "`" + Names.shortened(name) + "` is read as an instance starts; set it in sluice.yaml of each"
                            + " instance, and restart them one by one");
        } else {
            refuseUnknown(name, place);
        }
    }

    private void refuseUnknown(String name, Place place) {
        List<String> known = new ArrayList<>(SettingsFileReader.SECTIONS);
        known.addAll(RestartSettings.names());
        String elsewhere = RestartSettings.elsewhere(name)
                .map(other -> "; for the whole fleet it is `" + other + "`")
                .orElse(NearestName.didYouMean(name, known));
        problems.error(
                place,
                "unknown-key",
                null,
                "the settings file has no key `" + Names.shortened(name) + "`; known are "
                        + String.join(", ", SettingsFileReader.SECTIONS) + elsewhere);
    }
}
