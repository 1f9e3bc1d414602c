package io.sessionfilter.bench.codecs;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.record.Compression;
import io.sessionfilter.internal.record.Segment;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A session as a codec has written it: attribute by attribute, as session-filter does. */
final class CodedSession {
    /** The default of {@code compressionThreshold}. */
    private static final int COMPRESSION_THRESHOLD = 2048;

    private final AttributeCodec codec;
    private final List<byte[]> values;

    private CodedSession(AttributeCodec codec, List<byte[]> values) {
        this.codec = codec;
        this.values = values;
    }

    /** Writes a session. */
    static CodedSession of(Payload payload, AttributeCodec codec) throws AttributeCodecException {
        List<byte[]> values = new ArrayList<>(payload.attributes().size());
        for (Map.Entry<String, Object> attribute : payload.attributes().entrySet()) {
            try {
                ByteArrayOutputStream sink = new ByteArrayOutputStream(256);
                codec.encode(attribute.getValue(), sink);
                values.add(sink.toByteArray());
            } catch (AttributeCodecException e) {
                throw new AttributeCodecException("attribute \"" + attribute.getKey() + "\": " + e.getMessage(), e);
            }
        }
        return new CodedSession(codec, values);
    }

    /** Reads all its attributes. */
    List<Object> read() throws AttributeCodecException {
        List<Object> read = new ArrayList<>(values.size());
        for (byte[] value : values) {
            read.add(codec.decode(value, 0, value.length));
        }
        return read;
    }

    /** What its values take. */
    int bytes() {
        return values.stream().mapToInt(value -> value.length).sum();
    }

    /** What its values take when they are compressed, as far as session-filter does that by default: large ones, that become a tenth smaller. */
    int bytes(Compression compression) {
        return values.stream().mapToInt(value -> bytes(value, compression)).sum();
    }

    private int bytes(byte[] value, Compression compression) {
        if (value.length < COMPRESSION_THRESHOLD) {
            return value.length;
        }
        int header = Segment.headerLength();
        byte[] room = new byte[header + value.length];
        System.arraycopy(value, 0, room, header, value.length);
        return Segment.of(codec.id(), codec.fingerprint(), false, room, header, value.length)
                .compressed(compression)
                .valueLength();
    }
}
