package io.sessionfilter.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.ValueRefusedException;
import java.io.ByteArrayOutputStream;

/** Stands for the class of each value that is embedded as Java serialization writes it, with all that it refers to. */
final class JavaValue {
    private JavaValue() {}

    /** Embeds. What the value shares with the rest of the graph is shared no more when it is read. */
    static final class Embedding extends Serializer<Object> {
        private final AttributeCodec java;

        Embedding(AttributeCodec java) {
            this.java = java;
        }

        @Override
        public void write(Kryo kryo, Output output, Object value) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                java.encode(value, bytes);
            } catch (AttributeCodecException e) {
                throw failure(e);
            }
            output.writeVarInt(bytes.size(), true);
            output.writeBytes(bytes.toByteArray());
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            byte[] bytes = input.readBytes(input.readVarInt(true));
            try {
                return java.decode(bytes, 0, bytes.length);
            } catch (AttributeCodecException e) {
                throw failure(e);
            }
        }

        /** One without a cause has said all there is to say. */
        private static RuntimeException failure(AttributeCodecException e) {
            Throwable cause = e.getCause();
            return cause == null
                    ? new ValueRefusedException(String.valueOf(e.getMessage()))
                    : new KryoException("in a part of it", cause);
        }
    }
}
