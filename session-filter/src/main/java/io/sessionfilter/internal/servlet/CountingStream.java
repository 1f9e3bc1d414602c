package io.sessionfilter.internal.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The container's output stream, whose bytes pass the {@link CommitGate}. Non-blocking output is untouched. */
final class CountingStream extends ServletOutputStream {
    private static final int MOST_BYTES_PER_CHARACTER = 4;

    private final ServletOutputStream delegate;
    private final CommitGate gate;

    CountingStream(ServletOutputStream delegate, CommitGate gate) {
        this.delegate = delegate;
        this.gate = gate;
    }

    @Override
    public void write(int b) throws IOException {
        gate.beforeBytes(1);
        delegate.write(b);
        gate.afterBytes();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        gate.beforeBytes(length);
        delegate.write(bytes, offset, length);
        gate.afterBytes();
    }

    /** Of Servlet 6.1; nobody calls it where it does not exist. */
    @Override
    public void write(ByteBuffer buffer) throws IOException {
        gate.beforeBytes(buffer.remaining());
        delegate.write(buffer);
        gate.afterBytes();
    }

    /** Left to the container, since some encode as the response does; all other {@code print} methods end here or in {@code write}. */
    @Override
    public void print(String text) throws IOException {
        long length = text == null ? 4 : text.length();
        boolean ascii = text == null || text.chars().allMatch(c -> c < 0x80);
        if (!ascii) {
            gate.inexact();
        }
        gate.beforeBytes(ascii ? length : length * MOST_BYTES_PER_CHARACTER);
        delegate.print(text);
        gate.afterBytes();
    }

    @Override
    public void flush() throws IOException {
        gate.beforeCommit();
        delegate.flush();
    }

    @Override
    public void close() throws IOException {
        gate.beforeCommit();
        delegate.close();
    }

    @Override
    public boolean isReady() {
        return delegate.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        delegate.setWriteListener(listener);
    }
}
