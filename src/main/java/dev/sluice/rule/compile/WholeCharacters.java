package dev.sluice.rule.compile;

import java.io.Reader;
import java.util.Objects;

/**
 * A text as a reader that parts no pair of surrogates between two reads. The YAML library reads the second of a parted pair
 * to behind the end of its buffer.
 */
final class WholeCharacters extends Reader {
    private final String text;
    private int at;

    WholeCharacters(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (at == text.length()) {
            return -1;
        }
        int count = Math.min(length, text.length() - at);
        boolean parted = count > 1 && Character.isHighSurrogate(text.charAt(at + count - 1));
        int whole = parted && at + count < text.length() ? count - 1 : count;
        text.getChars(at, at + whole, target, offset);
        at += whole;
        return whole;
    }

    @Override
    public void close() {}
}
