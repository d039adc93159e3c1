package dev.sluice.control;

import dev.sluice.schema.VersionFigures;
import java.util.List;

/** What versions did on this instance since its start. */
public interface FiguresSource {
    /** Nothing is counted. */
    FiguresSource NONE = ruleset -> List.of();

    /** Of the versions of a ruleset that served in the last minutes. Called by any thread. */
    List<VersionFigures> of(String ruleset);
}
