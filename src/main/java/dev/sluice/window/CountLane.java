package dev.sluice.window;

/** COUNT: one word. */
record CountLane(int number, int word) implements Lane {
    @Override
    public int words() {
        return 1;
    }

    @Override
    public void add(Rows rows, int row, long timeMs, Values arguments) {
        Object argument = arguments.value(number);
        if (argument != null && !Boolean.FALSE.equals(argument)) {
            rows.words[row * rows.width + word]++;
        }
    }

    @Override
    public void merge(Rows into, int row, Rows from, int fromRow) {
        into.words[row * into.width + word] += from.words[fromRow * from.width + word];
    }

    @Override
    public boolean subtracts() {
        return true;
    }

    @Override
    public void subtract(Rows from, int row, int gone) {
        from.words[row * from.width + word] -= from.words[gone * from.width + word];
    }

    @Override
    public boolean isLong(Rows rows, int row) {
        return true;
    }

    @Override
    public long longValue(Rows rows, int row) {
        return rows.words[row * rows.width + word];
    }
}
