package dev.sluice.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro binary from an array, with every length checked against the bytes that are left before anything is allocated.
 *
 * <p>An item of an array or a map takes a byte at least, except items without any content (null, empty records): of those
 * one message may hold {@value #MOST_EMPTY_ITEMS}. Confined to one thread and one message.
 */
final class BoundedDecoder extends Decoder {
    /** No place, where a block does not tell its size. */
    static final int UNTOLD = -1;

    private static final int MOST_EMPTY_ITEMS = 65_536;

    private final byte[] bytes;
    private int position;
    private long itemsLeft;
    private int blockEnd = UNTOLD;

    BoundedDecoder(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.position = offset;
        this.itemsLeft = bytes.length - offset + (long) MOST_EMPTY_ITEMS;
    }

    int position() {
        return position;
    }

    /** Goes on at another place of the message; how many items it may still hold stays. */
    void moveTo(int place) {
        position = place;
    }

    int remaining() {
        return bytes.length - position;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() {
        byte value = bytes[take(1)];
        if (value != 0 && value != 1) {
            throw new AvroRuntimeException("a boolean is neither 0 nor 1");
        }
        return value == 1;
    }

    @Override
    public int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new AvroRuntimeException("an int is out of range");
        }
        return (int) value;
    }

    @Override
    public long readLong() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[take(1)];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new AvroRuntimeException("a number has more than ten bytes");
    }

    @Override
    public float readFloat() {
        return littleEndian(Float.BYTES).getFloat();
    }

    @Override
    public double readDouble() {
        return littleEndian(Double.BYTES).getDouble();
    }

    private ByteBuffer littleEndian(int length) {
        return ByteBuffer.wrap(bytes, take(length), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) {
        int length = readLength();
        Utf8 result = old == null ? new Utf8() : old;
        result.setByteLength(length);
        System.arraycopy(bytes, take(length), result.getBytes(), 0, length);
        return result;
    }

    @Override
    public String readString() {
        int length = readLength();
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() {
        skipBytes();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) {
        byte[] result = new byte[readLength()];
        readFixed(result, 0, result.length);
        return ByteBuffer.wrap(result);
    }

    @Override
    public void skipBytes() {
        take(readLength());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) {
        System.arraycopy(bytes, take(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) {
        take(length);
    }

    @Override
    public int readEnum() {
        return readInt();
    }

    @Override
    public int readIndex() {
        return readInt();
    }

    @Override
    public long readArrayStart() {
        return readBlock();
    }

    @Override
    public long arrayNext() {
        return readBlock();
    }

    @Override
    public long skipArray() {
        return skipBlocks();
    }

    @Override
    public long readMapStart() {
        return readBlock();
    }

    @Override
    public long mapNext() {
        return readBlock();
    }

    @Override
    public long skipMap() {
        return skipBlocks();
    }

    /** Number of items of the next block; a negative count is followed by the block's size in bytes. */
    private long readBlock() {
        long count = readLong();
        if (count < 0) {
            int size = readLength();
            blockEnd = position + size;
            return items(-count);
        }
        blockEnd = UNTOLD;
        return items(count);
    }

    /** Where the block that was begun last is to end by its own account; {@link #UNTOLD} when it does not tell. */
    int blockEnd() {
        return blockEnd;
    }

    /** Passes over blocks that tell their size, up to one that does not. */
    private long skipBlocks() {
        long count = readLong();
        while (count < 0) {
            take(readLength());
            count = readLong();
        }
        return items(count);
    }

    private long items(long count) {
        itemsLeft -= count;
        if (count < 0 || itemsLeft < 0) {
            throw new AvroRuntimeException("an array or a map claims more items than the message can hold");
        }
        return count;
    }

    private int readLength() {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw new AvroRuntimeException("a length of " + length + " where " + remaining() + " bytes are left");
        }
        return (int) length;
    }

    /** Where the next {@code length} bytes start; they are consumed. */
    private int take(int length) {
        if (length > remaining()) {
            throw new AvroRuntimeException("the bytes end in the middle of a value");
        }
        int start = position;
        position += length;
        return start;
    }
}
