package dev.sluice.window;

import dev.sluice.window.Column.Kind;

/** Which lane keeps a column. */
final class LaneChoice {

    /**
     * A place in rows.
     *
     * @param number of the column, and of its argument
     */
    record Slot(int number, int word, int object) {}

    private LaneChoice() {}

    static Lane lane(Column column, Slot slot) {
        return switch (column.aggregation().function()) {
            case COUNT -> new CountLane(slot.number, slot.word);
            case SUM -> sum(column, slot);
            case AVG ->
                column.kind() == Kind.LONG
                        ? new LongMeanLane(slot.number, slot.word)
                        : new DoubleMeanLane(slot.number, slot.word);
            case MIN -> extreme(column.kind(), slot, Extreme.LEAST);
            case MAX -> extreme(column.kind(), slot, Extreme.GREATEST);
            case FIRST -> edge(column.kind(), slot, Edge.EARLIEST);
            case LAST -> edge(column.kind(), slot, Edge.LATEST);
            case STDDEV -> new DeviationLane(slot.number, slot.word);
            case COUNT_DISTINCT -> new DistinctLane(slot.number, slot.object);
            case PERCENTILE ->
                new PercentileLane(
                        slot.number, slot.object, column.aggregation().parameter());
            case EMA ->
                new EmaLane(slot.number, slot.object, column.aggregation().parameter());
            case COLLECT ->
                new CollectLane(
                        slot.number, slot.object, (int) column.aggregation().parameter());
        };
    }

    private static Lane sum(Column column, Slot slot) {
        return column.kind() == Kind.LONG
                ? new LongSumLane(slot.number, slot.word, column.id())
                : new DoubleSumLane(slot.number, slot.word);
    }

    private static Lane extreme(Kind kind, Slot slot, Extreme extreme) {
        return switch (kind) {
            case LONG -> new LongExtremeLane(slot.number, slot.word, extreme);
            case DOUBLE -> new DoubleExtremeLane(slot.number, slot.word, extreme);
            case ANY -> new ObjectExtremeLane(slot.number, slot.object, extreme);
        };
    }

    private static Lane edge(Kind kind, Slot slot, Edge edge) {
        return kind == Kind.ANY
                ? new ObjectEdgeLane(slot.number, slot.word, slot.object, edge)
                : new NumberEdgeLane(slot.number, slot.word, edge, kind);
    }
}
