package dev.sluice.rule.compile;

import java.util.List;

/**
 * An expression in which names of constants are replaced by their values.
 *
 * @param replaced in the order of the text
 * @param scope the constants that the author could have used
 */
record WrittenOut(String text, List<Replacement> replaced, Scope scope) {
    WrittenOut {
        replaced = List.copyOf(replaced);
    }

    /**
     * One name and the value in its place, in code points.
     *
     * @param authorStart of the name in the author's text
     * @param nameLength of the name
     * @param start of the value in the text written out
     * @param length of the value
     */
    record Replacement(int authorStart, int nameLength, int start, int length) {}

    /**
     * The place in the author's text, in code points, of one in the text written out; within a value it is the start of
     * its name. Example: {@code n > limit && x} with {@code limit} 7 is {@code n > 7 && x}, so 4 gives 4 and 9 gives 13.
     */
    int authorOffset(int offset) {
        int shift = 0;
        for (Replacement replacement : replaced) {
            if (offset < replacement.start()) {
                break;
            }
            if (offset < replacement.start() + replacement.length()) {
                return replacement.authorStart();
            }
            shift = replacement.authorStart() + replacement.nameLength() - replacement.start() - replacement.length();
        }
        return offset + shift;
    }
}
