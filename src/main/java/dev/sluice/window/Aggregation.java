package dev.sluice.window;

/**
 * What is made of the values of a window's events. A null value is passed over.
 *
 * @param parameter of PERCENTILE the percentile from 0 to 100; of EMA the weight of the newest value, more than 0 and at
 *     most 1; of COLLECT how many values are kept at most, the newest; else 0
 */
public record Aggregation(Function function, double parameter) {

    /** The functions, with what they give for no value at all. */
    public enum Function {
        /** Events, or events of which the argument is true: a long; 0. */
        COUNT,
        /** Of longs a long, exact, which fails past its range; of doubles a double, compensated: 0 or 0.0. */
        SUM,
        /** A double; null. */
        AVG,
        /** The least of longs, doubles, texts, instants, durations or bools; null. */
        MIN,
        /** The greatest; null. */
        MAX,
        /** The value of the earliest event, of several at one time the first to arrive; null. */
        FIRST,
        /** The value of the latest event, of several at one time the last to arrive; null. */
        LAST,
        /** Of the values themselves, not of a sample: a double; null. */
        STDDEV,
        /** Different values: a long, exact up to 256, then estimated with a standard error of 1.6 %; 0. */
        COUNT_DISTINCT,
        /**
         * The least value that so many percent of the values are not above: a double, exact up to 400 values, then its rank
         * is off by less than 0.7 % in 99 of 100 cases; not-a-number is passed over; null.
         */
        PERCENTILE,
        /**
         * Exponential moving average in the order of time, from the earliest value on: a double; null. Where events of
         * several times share a pane, one that comes after 64 or more later ones may count as later than it was.
         */
        EMA,
        /** The newest values in the order of time: a list; empty. */
        COLLECT
    }

    public static Aggregation of(Function function) {
        return new Aggregation(function, 0);
    }
}
