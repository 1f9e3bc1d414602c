package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.codec.PooledCodec;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** FST, as {@link SessionFst} sets it up, an instance for each thread that is at work. */
final class FstCodec extends PooledCodec<SessionFst> {
    static final String NAME = "fst";

    private static final byte ID = 3;

    /** Counts the formats: FST's own, the numbers of {@link Parts}, and how they write. */
    private static final int FORMAT = 1;

    private final CodecContext context;

    FstCodec(CodecContext context) {
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
    protected SessionFst newSerializer() {
        return new SessionFst(context);
    }

    @Override
    protected void write(SessionFst fst, Object value, OutputStream sink) throws Exception {
        fst.write(value, sink);
    }

    @Override
    protected @Nullable Object read(SessionFst fst, byte[] bytes, int offset, int length) throws Exception {
        return fst.read(bytes, offset, length);
    }
}
