package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.ValueRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A value that is embedded as Java serialization writes it, with all that it refers to: shared with the rest of the graph no more. */
final class JavaPart implements Part<Object> {
    private final AttributeCodec java;

    JavaPart(AttributeCodec java) {
        this.java = java;
    }

    @Override
    public void write(GraphWriter out, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            java.encode(value, bytes);
        } catch (AttributeCodecException e) {
            throw failure(e);
        }
        out.writeInt(bytes.size());
        out.write(bytes.toByteArray());
    }

    @Override
    public Object read(GraphReader in, int position) throws IOException {
        RangeDecoder bytes = in.bytes();
        int length = bytes.readLength(1);
        try {
            Object value = java.decode(bytes.getBuffer(), bytes.position(), length);
            bytes.skip(length);
            return value;
        } catch (AttributeCodecException e) {
            throw failure(e);
        }
    }

    /** One without a cause has said all there is to say. */
    private static IOException failure(AttributeCodecException e) {
        Throwable cause = e.getCause();
        if (cause == null) {
            throw new ValueRefusedException(String.valueOf(e.getMessage()));
        }
        return new IOException("in a part of it", cause);
    }

    @Override
    public boolean isMadeLast() {
        return true;
    }
}
