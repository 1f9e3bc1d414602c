package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.codec.PooledCodec;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Fory, as {@link ForySetup} sets it up, an instance for each thread that is at work. */
final class ForyCodec extends PooledCodec<SessionFory> {
    static final String NAME = "fory";

    private static final byte ID = 4;

    /** Counts the formats: Fory's own, and what {@link ForySetup} makes of it. */
    private static final int FORMAT = 1;

    private final CodecContext context;

    ForyCodec(CodecContext context) {
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
    protected SessionFory newSerializer() {
        return new SessionFory(context);
    }

    @Override
    protected void write(SessionFory fory, Object value, OutputStream sink) throws IOException {
        fory.write(value, sink);
    }

    @Override
    protected @Nullable Object read(SessionFory fory, byte[] bytes, int offset, int length) {
        return fory.read(bytes, offset, length);
    }
}
