package dev.sluice.cli;

import java.io.PrintWriter;

/** A line at the bottom of a terminal that is drawn again and again. Confined to one thread. */
final class Terminal {
    private static final String CLEAR_LINE = "\r\u001B[2K";
    private static final String HOME_AND_CLEAR = "\u001B[H\u001B[2J";
    private static final int COLUMNS_DEFAULT = 120;

    private final PrintWriter out;
    private final int columns;

    /** As wide as the environment says. */
    Terminal(PrintWriter out) {
        this(out, columns());
    }

    Terminal(PrintWriter out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Whether somebody looks on. From Java 22 on there is a console also without a terminal. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isThere() {
        return System.console() != null && System.getenv("TERM") != null;
    }

    /** Puts the line in the place of the one before, cut where the terminal ends. */
    void redraw(String line) {
        int end = Math.min(line.length(), columns - 1);
        out.print(CLEAR_LINE + line.substring(0, end));
        out.flush();
    }

    /** Takes the line away. */
    void clear() {
        out.print(CLEAR_LINE);
        out.flush();
    }

    /** Empties the whole screen. */
    void clearScreen() {
        out.print(HOME_AND_CLEAR);
        out.flush();
    }

    private static int columns() {
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : COLUMNS_DEFAULT;
    }
}
