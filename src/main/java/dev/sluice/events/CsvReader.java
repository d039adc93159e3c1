package dev.sluice.events;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of CSV as RFC 4180 has it: commas, quotes doubled inside quotes, any line end. Blank lines are passed over. */
final class CsvReader implements Closeable {
    private final BufferedReader in;
    private long line = 1;
    private long rowLine = 1;

    CsvReader(BufferedReader in) {
        this.in = in;
    }

    /** Line where the last row began, from 1. */
    long rowLine() {
        return rowLine;
    }

    Optional<List<String>> next() throws IOException {
        while (true) {
            rowLine = line;
            Optional<List<String>> row = row();
            if (row.isEmpty() || row.get().size() > 1 || !row.get().get(0).isEmpty()) {
                return row;
            }
        }
    }

    private Optional<List<String>> row() throws IOException {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        while (c >= 0 && c != '\n') {
            if (c == '"' && cell.length() == 0) {
                quoted(cell);
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c != '\r' && c != '\uFEFF') {
                cell.append((char) c);
            }
            c = in.read();
        }
        line++;
        cells.add(cell.toString());
        return Optional.of(cells);
    }

    private void quoted(StringBuilder cell) throws IOException {
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '"') {
                in.mark(1);
                if (in.read() != '"') {
                    in.reset();
                    return;
                }
            } else if (c == '\n') {
                line++;
            }
            cell.append((char) c);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
