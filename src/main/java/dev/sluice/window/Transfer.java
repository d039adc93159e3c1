package dev.sluice.window;

import dev.sluice.window.Migration.Outcome;
import java.util.List;

/** The way of the state of a key from one shape to another. */
final class Transfer {
    private final KeptState before;
    private final KeptState after;

    Transfer(KeptState before, KeptState after) {
        this.before = before;
        this.after = after;
    }

    void run(Migration migration) {
        after.takeFacts(before);
        Rows scratch = new Rows(after.lanes, 1);
        for (int i = 0; i < before.rows.size(); i++) {
            scratch.clear(0);
            lay(before.rows.at(i), scratch);
            after.adopt(before, before.rows.at(i), scratch);
        }
        after.settle(before);
        if (before.newestMs() != Long.MIN_VALUE) {
            mark(migration);
        }
    }

    /** Notes from when on windows are exact; even of kept state those are not that reach back further than it. */
    private void mark(Migration migration) {
        Window window = after.shape.window();
        Window former = before.shape.window();
        boolean later = migration.outcome() == Outcome.EXACT_LATER;
        carry(WindowChange.grownMs(former.spec(), window.spec()));
        if (after instanceof CountState count) {
            count.expectEvents(later ? ((WindowSpec.Count) window.spec()).events() : 0);
        } else if (later) {
            exactFrom(migration.exactAfterMs());
        } else if (!former.equals(window) && !endsAlike(former.spec(), window.spec())) {
            boolean nothing = before.rows.size() == 0;
            exactFrom(
                    nothing
                            ? WindowChange.sizeMs(window.spec())
                            : WindowChange.lackingMs(former.spec(), window.spec()));
        }
    }

    /** What was not whole after an earlier change stays so for longer in windows that reach back further. */
    private void carry(long grownMs) {
        if (before.exactFromMs() != Long.MIN_VALUE && grownMs > 0) {
            after.setExactFromMs(before.exactFromMs() + grownMs);
        }
    }

    /** Whether windows that are past under the one are so under the other, whatever their grace. */
    private boolean endsAlike(WindowSpec one, WindowSpec other) {
        return after instanceof AlignedState && one.equals(other);
    }

    private void exactFrom(long afterMs) {
        after.setExactFromMs(Math.max(after.exactFromMs(), before.knownUntilMs() + afterMs));
    }

    /** Lays the columns of a row that go on to their places in the other shape. */
    private void lay(int row, Rows scratch) {
        Rows rows = before.rows;
        scratch.setTime(0, rows.time(row));
        List<Column> columns = after.shape.columns();
        for (int i = 0; i < columns.size(); i++) {
            int former = before.shape.columns().indexOf(columns.get(i));
            if (former >= 0) {
                lay(before.lanes.lane(former), row, after.lanes.lane(i), scratch);
            }
        }
    }

    private void lay(Lane from, int row, Lane to, Rows scratch) {
        Rows rows = before.rows;
        System.arraycopy(rows.words, row * rows.width + from.word(), scratch.words, to.word(), from.words());
        if (from.objects() > 0) {
            scratch.setObject(0, to.object(), rows.object(row, from.object()));
        }
    }
}
