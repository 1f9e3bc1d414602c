package io.sessionfilter.internal.servlet;

import java.io.PrintWriter;

/**
 * The container's writer, whose characters pass the {@link CommitGate}. Everything that {@link PrintWriter} can do ends in one of these
 * methods: {@code print}, {@code printf}, {@code format} and {@code append} in {@code write}.
 */
final class CountingWriter extends PrintWriter {
    private static final int LINE_END = 2;

    private final PrintWriter delegate;
    private final CommitGate gate;
    private final CharsetWidth width;

    CountingWriter(PrintWriter delegate, CommitGate gate, CharsetWidth width) {
        super(delegate);
        this.delegate = delegate;
        this.gate = gate;
        this.width = width;
        if (!width.isExact()) {
            gate.inexact();
        }
    }

    @Override
    public void write(int c) {
        gate.beforeBytes(width.bytes((char) c));
        delegate.write(c);
        gate.afterBytes();
    }

    @Override
    public void write(char[] text, int offset, int length) {
        gate.beforeBytes(width.bytes(text, offset, length));
        delegate.write(text, offset, length);
        gate.afterBytes();
    }

    @Override
    public void write(String text, int offset, int length) {
        gate.beforeBytes(width.bytes(text, offset, length));
        delegate.write(text, offset, length);
        gate.afterBytes();
    }

    /** Left to the container, which knows how it ends lines; it may be with one byte where we count two. */
    @Override
    public void println() {
        gate.inexact();
        gate.beforeBytes((long) LINE_END * width.bytes('\n'));
        delegate.println();
    }

    @Override
    public void flush() {
        gate.beforeCommit();
        delegate.flush();
    }

    @Override
    public void close() {
        gate.beforeCommit();
        delegate.close();
    }

    /** Flushes, as the contract says. */
    @Override
    public boolean checkError() {
        gate.beforeCommit();
        return delegate.checkError();
    }
}
