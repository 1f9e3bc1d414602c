package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.ValueRefusedException;
import java.io.IOException;
import org.nustaq.serialization.FSTConfiguration;
import org.nustaq.serialization.coders.FSTStreamDecoder;

/**
 * Reads a range of an array where it is, and allocates nothing larger than the bytes that are left can fill: FST itself believes every
 * length.
 *
 * <p>FST reads beyond the range if it is told to, though never beyond the array; that is noticed at the end.
 */
final class RangeDecoder extends FSTStreamDecoder {
    private static final int SHORT_TEXT = 256;
    private static final int ESCAPE = 255;

    private final char[] shortText = new char[SHORT_TEXT];
    private int begin;
    private int end;

    /** Each element of a collection or array takes a byte at least, so all together may not have more. */
    private long elementsLeft;

    RangeDecoder(FSTConfiguration setup) {
        super(setup);
    }

    void start(byte[] bytes, int offset, int length) {
        resetWith(bytes, offset + length);
        begin = offset;
        end = offset + length;
        elementsLeft = length;
        super.moveTo(offset);
    }

    /** Where it is in the array; {@link #getInputPos()} counts from the beginning of the range, as a writer does. */
    int position() {
        return super.getInputPos();
    }

    int remaining() {
        return end - position();
    }

    @Override
    public int getInputPos() {
        return super.getInputPos() - begin;
    }

    /** How many elements follow. */
    int readCount() throws IOException {
        int count = readFInt();
        elementsLeft -= count;
        if (count < 0 || elementsLeft < 0) {
            throw tooLong();
        }
        return count;
    }

    /** How many bytes, or things of so many bytes each, follow. */
    int readLength(int size) throws IOException {
        int length = readFInt();
        if (length < 0 || (long) length * size > remaining()) {
            throw tooLong();
        }
        return length;
    }

    private static ValueRefusedException tooLong() {
        return new ValueRefusedException("it is said to be longer than it is");
    }

    /** As FST does, but within the range. */
    @Override
    public String readStringUTF() throws IOException {
        int length = readLength(1);
        char[] text = length <= SHORT_TEXT ? shortText : new char[length];
        byte[] bytes = getBuffer();
        int at = position();
        for (int i = 0; i < length; i++) {
            int head = bytes[at++] & 0xff;
            if (head == ESCAPE) {
                head = (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
                at += 2;
            }
            text[i] = (char) head;
        }
        super.moveTo(at);
        return new String(text, 0, length);
    }

    /** The name of a class. */
    @Override
    @SuppressWarnings("deprecation") // the JDK's way to make a string of bytes that are characters
    public String readStringAsc() throws IOException {
        int length = readLength(1);
        String text = new String(getBuffer(), 0, position(), length);
        skip(length);
        return text;
    }
}
