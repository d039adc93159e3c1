package dev.sluice.events;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Rows of a file of one format, in order; empty at the end. */
interface RowSource extends Closeable {
    Optional<EventRow> next() throws IOException;
}
