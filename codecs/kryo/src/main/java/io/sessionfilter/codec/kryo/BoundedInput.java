package io.sessionfilter.codec.kryo;

import com.esotericsoftware.kryo.io.Input;
import io.sessionfilter.codec.ValueRefusedException;

/** Reads from an array, and allocates nothing larger than the bytes that are left can fill: Kryo itself believes every length. */
final class BoundedInput extends Input {
    /** Each element of a collection or array takes a byte at least, so all together may not have more. */
    private long elementsLeft;

    BoundedInput(byte[] bytes, int offset, int length) {
        super(bytes, offset, length);
        elementsLeft = length;
    }

    int remaining() {
        return limit - position;
    }

    /** How many elements follow. */
    int readCount() {
        int count = readVarInt(true);
        elementsLeft -= count;
        if (count < 0 || elementsLeft < 0) {
            throw tooLong();
        }
        return count;
    }

    private int checked(int length, int size) {
        if (length < 0 || (long) length * size > remaining()) {
            throw tooLong();
        }
        return length;
    }

    private static ValueRefusedException tooLong() {
        return new ValueRefusedException("it is said to be longer than it is");
    }

    /** The length of a string, in which a character takes a byte at least; and one more for {@code null}. */
    @Override
    public int readVarIntFlag(boolean optimizePositive) {
        int length = super.readVarIntFlag(optimizePositive);
        checked(length - 1, 1);
        return length;
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(checked(length, 1));
    }

    @Override
    public boolean[] readBooleans(int length) {
        return super.readBooleans(checked(length, 1));
    }

    @Override
    public short[] readShorts(int length) {
        return super.readShorts(checked(length, Short.BYTES));
    }

    @Override
    public char[] readChars(int length) {
        return super.readChars(checked(length, Character.BYTES));
    }

    @Override
    public int[] readInts(int length) {
        return super.readInts(checked(length, Integer.BYTES));
    }

    @Override
    public int[] readInts(int length, boolean optimizePositive) {
        return super.readInts(checked(length, 1), optimizePositive);
    }

    @Override
    public long[] readLongs(int length) {
        return super.readLongs(checked(length, Long.BYTES));
    }

    @Override
    public long[] readLongs(int length, boolean optimizePositive) {
        return super.readLongs(checked(length, 1), optimizePositive);
    }

    @Override
    public float[] readFloats(int length) {
        return super.readFloats(checked(length, Float.BYTES));
    }

    @Override
    public double[] readDoubles(int length) {
        return super.readDoubles(checked(length, Double.BYTES));
    }
}
