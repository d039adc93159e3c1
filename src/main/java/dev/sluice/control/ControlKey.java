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

    /** Anything else. */
    record Unknown(String reason) implements ControlKey {}

    static ControlKey parse(String text) {
        Matcher matcher = Syntax.RULESET.matcher(text);
        if (!matcher.matches()) {
            return new Unknown("the key is not of the form ruleset/NAME/VERSION, with NAME of a-z, 0-9 and '-' and"
                    + " VERSION a number from 1");
        }
        return new OfVersion(matcher.group(1), Long.parseLong(matcher.group(2)));
    }

    /** Holds the pattern: an interface's fields would be public. */
    final class Syntax {
        // 18 digits always fit a long.
        private static final Pattern RULESET = Pattern.compile("ruleset/([a-z][a-z0-9-]{0,127})/([1-9][0-9]{0,17})");

        private Syntax() {}
    }
}
