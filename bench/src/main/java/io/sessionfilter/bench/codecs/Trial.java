package io.sessionfilter.bench.codecs;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.record.Compression;
import org.jspecify.annotations.Nullable;

/**
 * Whether a codec can write and read a session at all, and how many bytes that takes.
 *
 * @param payload name of the session
 * @param codec name of the codec
 * @param bytes of all values; {@code NaN}: it cannot
 * @param lz4Bytes of all values with {@code compression=lz4}
 * @param deflateBytes of all values with {@code compression=deflate}
 * @param refusal why it cannot; {@code null}: it can
 */
record Trial(
        String payload,
        String codec,
        double bytes,
        double lz4Bytes,
        double deflateBytes,
        @Nullable String refusal) {

    /** Tries it. */
    static Trial of(Payload payload, String name) {
        try (AttributeCodec codec = CodecsHere.create(name, payload.classLoader())) {
            CodedSession coded = CodedSession.of(payload, codec);
            coded.read();
            return new Trial(
                    payload.name(),
                    name,
                    coded.bytes(),
                    coded.bytes(Compression.LZ4),
                    coded.bytes(Compression.DEFLATE),
                    null);
        } catch (AttributeCodecException e) {
            return new Trial(payload.name(), name, Double.NaN, Double.NaN, Double.NaN, String.valueOf(e.getMessage()));
        }
    }

    boolean succeeded() {
        return refusal == null;
    }
}
