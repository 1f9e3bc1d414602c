package io.sessionfilter.internal.session;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.record.Compression;
import io.sessionfilter.internal.record.RecordException;
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
    private final @Nullable Compression compression;
    private final int compressionThreshold;
    private final int maxBytes;

    /** By their ids. */
    private final @Nullable AttributeCodec[] readers = new @Nullable AttributeCodec[Byte.MAX_VALUE + 1];

    /**
     * Makes one.
     *
     * @param writer writes all
     * @param readers read what they have written
     * @param compression of what is written; {@code null}: none
     * @param compressionThreshold values of fewer bytes are not compressed
     * @param maxBytes the most that a value may take when it is decompressed
     */
    public ValueCoding(
            AttributeCodec writer,
            Collection<AttributeCodec> readers,
            @Nullable Compression compression,
            int compressionThreshold,
            int maxBytes) {
        this.writer = writer;
        this.compression = compression;
        this.compressionThreshold = compressionThreshold;
        this.maxBytes = maxBytes;
        readers.forEach(reader -> this.readers[reader.id()] = reader);
        this.readers[writer.id()] = writer;
    }

    /** One codec that does both. */
    public static ValueCoding by(AttributeCodec codec) {
        return new ValueCoding(codec, List.of(), null, 0, Integer.MAX_VALUE - 64);
    }

    /**
     * Writes a value. A codec may meet anything in the code of values, and some throw checked exceptions undeclared: whatever it throws is
     * of this one attribute. (Not an error that no JVM, library or assertion throws: somebody wants the thread to end.)
     */
    Segment encode(Object value, boolean hearsUnbinding) throws AttributeCodecException {
        SegmentBuffer buffer = new SegmentBuffer();
        try {
            writer.encode(value, buffer);
        } catch (AttributeCodecException e) {
            throw e;
        } catch (Exception | VirtualMachineError | LinkageError | AssertionError e) {
            throw new AttributeCodecException("codec " + writer.name() + " failed to write a value", e);
        }
        Segment segment = buffer.segment(writer, hearsUnbinding);
        return compression == null || segment.valueLength() < compressionThreshold
                ? segment
                : segment.compressed(compression);
    }

    /** Reads a value, by the codec that wrote it. */
    Object decode(Segment segment) throws AttributeCodecException {
        AttributeCodec reader = reader(segment);
        Segment raw = decompressed(segment);
        try {
            return reader.decode(raw.array(), raw.valueOffset(), raw.valueLength());
        } catch (AttributeCodecException e) {
            throw e;
        } catch (Exception | VirtualMachineError | LinkageError | AssertionError e) {
            throw new AttributeCodecException("codec " + reader.name() + " failed to read a value", e);
        }
    }

    private Segment decompressed(Segment segment) throws AttributeCodecException {
        try {
            return segment.decompressed(maxBytes);
        } catch (RecordException e) {
            throw new AttributeCodecException(String.valueOf(e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new AttributeCodecException("it could not be decompressed", e);
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
