package io.sessionfilter.codec;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes on so many bytes, and fails with the next. Never closes what it writes to. For use by one thread. */
public final class BoundedOutput extends FilterOutputStream {
    private final int limit;
    private long written;

    /**
     * Makes one.
     *
     * @param sink takes the bytes
     * @param limit how many
     */
    public BoundedOutput(OutputStream sink, int limit) {
        super(sink);
        this.limit = limit;
    }

    @Override
    public void write(int b) throws IOException {
        count(1);
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        count(length);
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    private void count(int length) {
        written += length;
        if (written > limit) {
            throw new ValueRefusedException("it takes more than " + limit + " bytes");
        }
    }
}
