package io.sessionfilter.internal.record;

import java.util.Arrays;

/**
 * The stored form of one attribute's value: which codec wrote it, and its bytes, as a view of the record that holds it or of bytes just
 * encoded. Immutable; the bytes must not be changed.
 *
 * <p>Layout: codec id (1 byte), flags (1), fingerprint (4), raw length (4), stored length (4), bytes. Flags: 1 compressed by deflate, 2 the
 * value wants to hear of its unbinding, 4 compressed by LZ4.
 */
public final class Segment {
    /** Bytes before the value. */
    static final int HEADER_LENGTH = 14;

    /** In the flags: the value wants to hear of its unbinding. */
    private static final byte FLAG_HEARS_UNBINDING = 2;

    private static final int COMPRESSIONS = Compression.DEFLATE.flag | Compression.LZ4.flag;

    private static final int KNOWN_FLAGS = FLAG_HEARS_UNBINDING | COMPRESSIONS;

    /** Less than this part of the bytes is not worth the time to decompress them. */
    private static final int LEAST_GAIN = 10;

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

    /**
     * The same value in fewer bytes: this segment itself if less than a tenth of them would be saved.
     *
     * @param compression how
     */
    public Segment compressed(Compression compression) {
        int raw = valueLength();
        byte[] target = new byte[HEADER_LENGTH + raw - raw / LEAST_GAIN];
        int length = compression.compress(bytes, valueOffset(), raw, target, HEADER_LENGTH);
        if (length < 0) {
            return this;
        }
        System.arraycopy(bytes, offset, target, 0, HEADER_LENGTH);
        target[1] |= compression.flag;
        Ints.put(target, 10, length);
        return new Segment(Arrays.copyOf(target, HEADER_LENGTH + length), 0, HEADER_LENGTH + length);
    }

    /**
     * The same value as its codec wrote it: this segment itself if it is not compressed.
     *
     * @param maxBytes the most that it may take
     * @throws RecordException if that is more, or damaged, or compressed in a way that is not known here
     */
    public Segment decompressed(int maxBytes) throws RecordException {
        int flags = bytes[offset + 1];
        if ((flags & ~KNOWN_FLAGS) != 0 || (flags & COMPRESSIONS) == COMPRESSIONS) {
            throw new RecordException("an attribute with flags " + (flags & 0xFF)
                    + ", which this version of session-filter does not know");
        }
        Compression compression = Compression.of(flags);
        if (compression == null) {
            return this;
        }
        int raw = Ints.get(bytes, offset + 6);
        if (!compression.canYield(valueLength(), raw) || raw > maxBytes) {
            throw new RecordException(
                    "an attribute whose " + valueLength() + " compressed bytes are said to be " + raw);
        }
        byte[] target = new byte[HEADER_LENGTH + raw];
        try {
            if (!compression.decompress(bytes, valueOffset(), valueLength(), target, HEADER_LENGTH)) {
                throw new RecordException("an attribute of " + raw + " bytes cannot be decompressed: it is damaged");
            }
        } catch (LinkageError e) { // all but LZ4 is the JDK's
            throw new RecordException(
                    "an attribute is compressed by LZ4, which this app node does not have: add at.yawk.lz4:lz4-java here too");
        }
        return of(codecId(), fingerprint(), hearsUnbinding(), target, HEADER_LENGTH, raw);
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
