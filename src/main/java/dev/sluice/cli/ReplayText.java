package dev.sluice.cli;

import dev.sluice.app.Replay;
import java.util.ArrayList;
import java.util.List;

/** What a replay came to, for people. */
final class ReplayText {
    private ReplayText() {}

    /** Whether anything was sent. */
    enum Manner {
        DONE("sent"),
        PREVIEW("would be sent");

        private final String word;

        Manner(String word) {
            this.word = word;
        }
    }

    /** @param rule {@code RULESET/RULE} */
    static List<String> lines(String rule, Replay.Done done, Manner manner) {
        List<String> lines = new ArrayList<>();
        lines.add(rule + ": " + counted(done.letters(), "dead letter") + ", evaluated with version " + done.version());
        lines.add("  " + counted(done.sent(), "alert") + " " + manner.word);
        if (done.present() > 0) {
            lines.add("  " + counted(done.present(), "alert") + " already there");
        }
        if (done.unmatched() > 0) {
            lines.add("  " + counted(done.unmatched(), "letter") + " that the version makes no alert of");
        }
        if (done.failing().count() > 0) {
            lines.add("  " + counted(done.failing().count(), "letter") + " still failing: "
                    + done.failing().first());
        }
        if (done.impossible().count() > 0) {
            lines.add("  " + counted(done.impossible().count(), "letter") + " not replayable: "
                    + done.impossible().first());
        }
        if (done.untold() > 0) {
            lines.add("  " + counted(done.untold(), "letter")
                    + " would have gone on into windows behind the rule: windows are not replayed");
        }
        return lines;
    }

    private static String counted(long count, String what) {
        return String.format("%,d %s%s", count, what, count == 1 ? "" : "s");
    }
}
