package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.CodecContext;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** An FST of its own for one thread at a time: a configuration that others share is guarded by spin locks. */
final class SessionFst {
    private final GraphWriter writer;
    private final GraphReader reader;

    SessionFst(CodecContext context) {
        FstSetup setup = new FstSetup(context);
        Parts parts = new Parts(context);
        writer = new GraphWriter(setup, parts, context.maxBytes());
        reader = new GraphReader(setup, parts, context);
    }

    void write(Object value, OutputStream sink) throws IOException {
        writer.writeValue(value, sink);
    }

    @Nullable
    Object read(byte[] bytes, int offset, int length) throws Exception {
        return reader.readValue(bytes, offset, length);
    }
}
