package io.sessionfilter.internal.record;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the attributes of a record one after the other, and notes where each starts. */
final class AttributeWriter {
    private final byte[] bytes;
    private final int[] index;
    private int position;
    private int written;

    AttributeWriter(int length, int position, int attributes) {
        this.bytes = new byte[length];
        this.index = new int[attributes];
        this.position = position;
    }

    /** Takes over an attribute, name and all. */
    void copy(byte[] source, int offset, int length) {
        index[written++] = position;
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
    }

    void write(Map.Entry<byte[], @Nullable Segment> attribute) {
        byte[] name = attribute.getKey();
        index[written++] = position;
        Ints.putShort(bytes, position, name.length);
        System.arraycopy(name, 0, bytes, position + 2, name.length);
        position = Objects.requireNonNull(attribute.getValue()).copyTo(bytes, position + 2 + name.length);
    }

    byte[] bytes() {
        return bytes;
    }

    int[] index() {
        return index;
    }
}
