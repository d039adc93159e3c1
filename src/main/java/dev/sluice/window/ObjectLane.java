package dev.sluice.window;

/** A lane that keeps its values in one object and no words, unless it says so. */
interface ObjectLane extends Lane {
    @Override
    default int words() {
        return 0;
    }

    @Override
    default int word() {
        return 0;
    }

    @Override
    default int objects() {
        return 1;
    }
}
