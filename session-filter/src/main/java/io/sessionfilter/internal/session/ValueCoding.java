package io.sessionfilter.internal.session;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.record.Segment;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From values to segments by one codec, and back by any of several: a segment says which codec wrote it. So app nodes with another codec
 * than the one before can be started one by one. Safe for use by many threads.
 */
public final class ValueCoding {
    private final AttributeCodec writer;

    /** By their ids. */
    private final @Nullable AttributeCodec[] readers = new @Nullable AttributeCodec[Byte.MAX_VALUE + 1];

    /**
     * Makes one.
     *
     * @param writer writes all
     * @param readers read what they have written
     */
    public ValueCoding(AttributeCodec writer, Collection<AttributeCodec> readers) {
        this.writer = writer;
        readers.forEach(reader -> this.readers[reader.id()] = reader);
        this.readers[writer.id()] = writer;
    }

    /** One codec that does both. */
    public static ValueCoding by(AttributeCodec codec) {
        return new ValueCoding(codec, List.of());
    }

    /** Writes a value. A codec may meet anything in the code of values: whatever it throws is of this one attribute. */
    Segment encode(Object value, boolean hearsUnbinding) throws AttributeCodecException {
        SegmentBuffer buffer = new SegmentBuffer();
        try {
            writer.encode(value, buffer);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AttributeCodecException("codec " + writer.name() + " failed to write a value", e);
        }
        return buffer.segment(writer, hearsUnbinding);
    }

    /** Reads a value, by the codec that wrote it. */
    Object decode(Segment segment) throws AttributeCodecException {
        AttributeCodec reader = reader(segment);
        try {
            return reader.decode(segment.array(), segment.valueOffset(), segment.valueLength());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
            throw new AttributeCodecException("codec " + reader.name() + " failed to read a value", e);
        }
    }

    private AttributeCodec reader(Segment segment) throws AttributeCodecException {
        byte id = segment.codecId();
        AttributeCodec reader = id < 0 ? null : readers[id];
        if (reader == null) {
            throw new AttributeCodecException("it was written by codec " + id
                    + ", which this app node does not have: add that codec's artifact here too");
        }
        if (segment.fingerprint() != reader.fingerprint()) {
            throw new AttributeCodecException(
                    "it was written by another version or configuration of codec " + reader.name() + " (fingerprint "
                            + segment.fingerprint() + ", here " + reader.fingerprint() + ")");
        }
        return reader;
    }

    /** Leaves room for the segment's header, and gives its bytes away without a copy. */
    private static final class SegmentBuffer extends ByteArrayOutputStream {
        SegmentBuffer() {
            super(256);
            count = Segment.headerLength();
        }

        Segment segment(AttributeCodec codec, boolean hearsUnbinding) {
            int header = Segment.headerLength();
            return Segment.of(codec.id(), codec.fingerprint(), hearsUnbinding, buf, header, count - header);
        }
    }
}
