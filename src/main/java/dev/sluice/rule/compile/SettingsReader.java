package dev.sluice.rule.compile;

import dev.sluice.rule.Problem;
import dev.sluice.settings.FleetSettings;
import java.util.List;
import java.util.Optional;

/** The door to the reader of settings files: text in, settings or problems out. */
public final class SettingsReader {
    /** Code of the problem of a setting that every instance reads as it starts. */
    public static final String RESTART_NEEDED = "restart-needed";

    static final int TEXT_MAX = 100_000;

    private SettingsReader() {}

    /**
     * What a settings file says.
     *
     * @param settings when there is no problem
     * @param problems all of them, in order of place
     */
    public record Reading(Optional<FleetSettings> settings, List<Problem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }

        /** Whether the file asks for nothing worse than what needs a restart. */
        public boolean needsOnlyRestart() {
            return !problems.isEmpty()
                    && problems.stream().allMatch(p -> p.code().equals(RESTART_NEEDED));
        }
    }

    /** Reads a settings file. Never throws on bad text. */
    public static Reading read(String text) {
        Problems problems = new Problems();
        try {
            FleetSettings settings = read(text, problems);
            return new Reading(problems.hasErrors() ? Optional.empty() : Optional.of(settings), problems.inOrder());
        } catch (RuntimeException | StackOverflowError e) {
            return new Reading(
                    Optional.empty(),
                    List.of(Problem.error(
                            "compiler-failure",
                            "this file cannot be read, for " + e.getClass().getSimpleName() + "; simplify it")));
        }
    }

    /** A file without any setting takes all of them back. */
    private static FleetSettings read(String text, Problems problems) {
        if (text.length() > TEXT_MAX) {
            problems.error(
                    new Place(1, 1),
                    "too-large",
                    null,
                    "the settings have " + text.length() + " characters; use at most " + TEXT_MAX);
            return FleetSettings.NONE;
        }
        SourceText file = new SourceText(text);
        return YamlText.document(text, Pace.FULL, problems)
                .map(document -> Mapping.of("the settings file", document.root(), file, problems))
                .map(top -> new SettingsFileReader(file, problems).read(top))
                .orElse(FleetSettings.NONE);
    }
}
