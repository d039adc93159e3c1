package dev.sluice.control;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key of a record on the control topic. */
sealed interface ControlKey {

    /** {@code ruleset/NAME/VERSION}. */
    record OfVersion(String name, long version) implements ControlKey {
        String text() {
            return "ruleset/" + name + "/" + version;
        }
    }

    /** {@code deployment/NAME}. */
    record OfDeployment(String name) implements ControlKey {
        String text() {
            return "deployment/" + name;
        }
    }

    /** {@code quarantine/NAME/RULE}. */
    record OfQuarantine(String name, String rule) implements ControlKey {
        String text() {
            return "quarantine/" + name + "/" + rule;
        }
    }

    /** {@code settings}. */
    record OfSettings() implements ControlKey {
        static final String TEXT = "settings";
    }

    /** Anything else. */
    record Unknown(String reason) implements ControlKey {}

    static ControlKey parse(String text) {
        Matcher version = Syntax.RULESET.matcher(text);
        if (version.matches()) {
            return new OfVersion(version.group(1), Long.parseLong(version.group(2)));
        }
        Matcher deployment = Syntax.DEPLOYMENT.matcher(text);
        if (deployment.matches()) {
            return new OfDeployment(deployment.group(1));
        }
        Matcher quarantine = Syntax.QUARANTINE.matcher(text);
        if (quarantine.matches()) {
            return new OfQuarantine(quarantine.group(1), quarantine.group(2));
        }
        return text.equals(OfSettings.TEXT)
                ? new OfSettings()
                : new Unknown(
                        "the key is not of the form ruleset/NAME/VERSION, deployment/NAME, quarantine/NAME/RULE or"
                                + " settings, with NAME and RULE of a-z, 0-9 and '-' and VERSION a number from 1");
    }

    /** Holds the patterns: an interface's fields would be public. */
    final class Syntax {
        private static final Pattern DEPLOYMENT = Pattern.compile("deployment/([a-z][a-z0-9-]{0,127})");

        private static final Pattern QUARANTINE =
                Pattern.compile("quarantine/([a-z][a-z0-9-]{0,127})/([a-z][a-z0-9-]{0,99})");

        // 18 digits always fit a long.
        private static final Pattern RULESET = Pattern.compile("ruleset/([a-z][a-z0-9-]{0,127})/([1-9][0-9]{0,17})");

        private Syntax() {}
    }
}
