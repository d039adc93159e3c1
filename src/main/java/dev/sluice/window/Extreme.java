package dev.sluice.window;

/** Which end of an order. */
enum Extreme {
    LEAST {
        @Override
        boolean beats(int comparison) {
            return comparison < 0;
        }
    },
    GREATEST {
        @Override
        boolean beats(int comparison) {
            return comparison > 0;
        }
    };

    /** Whether a value replaces another, given how it compares to that. */
    abstract boolean beats(int comparison);
}
