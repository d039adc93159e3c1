package dev.sluice.engine;

import dev.sluice.evaluation.Arms;
import dev.sluice.evaluation.Due;
import dev.sluice.evaluation.Windows;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The windows of one task, with its stream time and what falls due as that goes on. Confined to the task's thread. */
interface TaskWindows extends Windows, AutoCloseable {

    /** Opens the windows of tasks. */
    interface Opener {
        TaskWindows open(ProcessorContext<byte[], byte[]> context);
    }

    /** Goes on with what there is to do from time to time, whether events come or not. */
    void tick();

    /** Rules that are evaluated from now on. */
    void use(Arms arms);

    /** Stream time once an event of that time has come, milliseconds since the epoch. It never goes back. */
    long advanced(long eventMs);

    /** Stream time once a source of what is handed over has told of itself; as {@link #advanced}. */
    long heard(SourceMark mark);

    /** Stream time now. */
    long streamMs();

    /** Stream time up to which all that was due has been shown; {@link Long#MIN_VALUE} before the first event. */
    long settledMs();

    /**
     * Shows states of which {@link Due#atMs} is not after the given stream time, the earliest first. What is shown may change
     * its state. When there is much, some of it is left for the next call.
     */
    void forEachDue(long streamMs, Consumer<Due> visitor);

    /** The task is given up. What is unwritten is written yet, before its last commit. */
    @Override
    void close();
}
