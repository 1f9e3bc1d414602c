package io.sessionfilter.internal.record;

import java.util.Arrays;

/**
 * The stored form of one attribute's value: which codec wrote it, and its bytes, as a view of the record that holds it or of bytes just
 * encoded. Immutable; the bytes must not be changed.
 *
 * <p>Layout: codec id (1 byte), flags (1), fingerprint (4), raw length (4), stored length (4), bytes. Flags: 1 compressed (no release writes
 * it yet), 2 the value wants to hear of its unbinding.
 */
public final class Segment {
    /** Bytes before the value. */
    static final int HEADER_LENGTH = 14;

    /** In the flags: the value wants to hear of its unbinding. */
    private static final byte FLAG_HEARS_UNBINDING = 2;

    private final byte[] bytes;
    private final int offset;
    private final int length;

    Segment(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /**
     * A segment of a value that was just encoded.
     *
     * @param codecId see {@code AttributeCodec.id}
     * @param fingerprint see {@code AttributeCodec.fingerprint}
     * @param hearsUnbinding see {@link #hearsUnbinding()}
     * @param value holds the encoded value; not copied, and not to be changed any more
     * @param valueOffset where it starts: at least {@value #HEADER_LENGTH}, the room for the segment's header, which is written here
     * @param valueLength how many bytes it has
     */
    public static Segment of(
            byte codecId, int fingerprint, boolean hearsUnbinding, byte[] value, int valueOffset, int valueLength) {
        int start = valueOffset - HEADER_LENGTH;
        value[start] = codecId;
        value[start + 1] = hearsUnbinding ? FLAG_HEARS_UNBINDING : 0;
        Ints.put(value, start + 2, fingerprint);
        Ints.put(value, start + 6, valueLength);
        Ints.put(value, start + 10, valueLength);
        return new Segment(value, start, HEADER_LENGTH + valueLength);
    }

    /** Room to leave before a value that is encoded, for {@link #of}. */
    public static int headerLength() {
        return HEADER_LENGTH;
    }

    /** The codec that wrote the value. */
    public byte codecId() {
        return bytes[offset];
    }

    /** The codec's fingerprint when it wrote the value. */
    public int fingerprint() {
        return Ints.get(bytes, offset + 2);
    }

    /** Whether the value wants to hear when it is unbound from its session: only then must it be decoded to be replaced or removed. */
    public boolean hearsUnbinding() {
        return hearsUnbinding(bytes, offset);
    }

    static boolean hearsUnbinding(byte[] bytes, int segment) {
        return (bytes[segment + 1] & FLAG_HEARS_UNBINDING) != 0;
    }

    /** The array that holds the value, at {@link #valueOffset()}. */
    public byte[] array() {
        return bytes;
    }

    /** Where the value starts in {@link #array()}. */
    public int valueOffset() {
        return offset + HEADER_LENGTH;
    }

    /** How many bytes the value has. */
    public int valueLength() {
        return length - HEADER_LENGTH;
    }

    int length() {
        return length;
    }

    int copyTo(byte[] target, int position) {
        System.arraycopy(bytes, offset, target, position, length);
        return position + length;
    }

    /** Whether both are the same, byte for byte: then nobody can tell the values apart. */
    public boolean sameAs(Segment other) {
        return this == other
                || Arrays.equals(
                        bytes, offset, offset + length, other.bytes, other.offset, other.offset + other.length);
    }
}
