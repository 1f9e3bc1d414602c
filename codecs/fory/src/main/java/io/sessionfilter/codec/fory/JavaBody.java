package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.ValueRefusedException;
import java.io.ByteArrayOutputStream;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.exception.DeserializationException;
import org.apache.fory.memory.MemoryBuffer;

/** A value that is embedded as Java serialization writes it, with all that it refers to: shared with the rest of the graph no more. */
final class JavaBody implements Body {
    private final AttributeCodec java;

    JavaBody(AttributeCodec java) {
        this.java = java;
    }

    @Override
    public void write(WriteContext context, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            java.encode(value, bytes);
        } catch (AttributeCodecException e) {
            throw failure(e);
        }
        context.getBuffer().writeInt32(bytes.size());
        context.getBuffer().writeBytes(bytes.toByteArray());
    }

    @Override
    public Object read(ReadContext context) {
        MemoryBuffer buffer = context.getBuffer();
        int length = buffer.readInt32();
        if (length < 0 || length > buffer.remaining()) {
            throw new ValueRefusedException("it is said to be longer than it is");
        }
        try {
            return java.decode(buffer.readBytes(length), 0, length);
        } catch (AttributeCodecException e) {
            throw failure(e);
        }
    }

    /** One without a cause has said all there is to say. */
    private static RuntimeException failure(AttributeCodecException e) {
        Throwable cause = e.getCause();
        return cause == null
                ? new ValueRefusedException(String.valueOf(e.getMessage()))
                : new DeserializationException("in a part of it", cause);
    }
}
