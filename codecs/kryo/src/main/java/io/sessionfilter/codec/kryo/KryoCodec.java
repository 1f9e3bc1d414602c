package io.sessionfilter.codec.kryo;

import com.esotericsoftware.kryo.io.Output;
import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.codec.PooledCodec;
import io.sessionfilter.codec.ValueRefusedException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Kryo, as {@link SessionKryo} sets it up, an instance for each thread that is at work. */
final class KryoCodec extends PooledCodec<SessionKryo> {
    static final String NAME = "kryo";

    private static final byte ID = 2;

    /** Counts the formats: what is registered in {@link SessionKryo}, and how our serializers write. */
    private static final int FORMAT = 1;

    private static final int BUFFER = 4096;

    private final CodecContext context;

    KryoCodec(CodecContext context) {
        super(context);
        this.context = context;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte id() {
        return ID;
    }

    @Override
    public int fingerprint() {
        return FORMAT;
    }

    @Override
    protected SessionKryo newSerializer() {
        return new SessionKryo(context);
    }

    @Override
    protected void write(SessionKryo kryo, Object value, OutputStream sink) {
        kryo.setMaxDepth(SessionKryo.MAX_WRITTEN_DEPTH);
        try (Output output = new Output(sink, BUFFER)) {
            kryo.writeClassAndObject(output, value);
        }
    }

    @Override
    protected @Nullable Object read(SessionKryo kryo, byte[] bytes, int offset, int length) {
        kryo.setMaxDepth(SessionKryo.MAX_READ_DEPTH);
        BoundedInput input = new BoundedInput(bytes, offset, length);
        Object value = kryo.readClassAndObject(input);
        if (input.remaining() > 0) {
            throw new ValueRefusedException("it has bytes behind its end");
        }
        return value;
    }
}
