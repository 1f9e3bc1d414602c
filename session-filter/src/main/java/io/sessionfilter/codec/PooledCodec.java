package io.sessionfilter.codec;

import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A codec over a serializer whose instances serve one thread at a time. Keeps a few of them, bounds how many bytes a value may take,
 * and turns whatever is thrown into an {@link AttributeCodecException}. An instance that failed is not used again: its state is
 * unknown.
 *
 * <p>A pool, and not a {@link ThreadLocal}: a container's threads outlive the application and would keep its classes alive, and there may be a
 * million virtual ones.
 *
 * @param <S> an instance of the serializer, with its buffers
 */
public abstract class PooledCodec<S> implements AttributeCodec {
    private final int maxBytes;
    private final BlockingQueue<S> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());
    private volatile boolean closed;

    /**
     * For subclasses.
     *
     * @param context of the application
     */
    protected PooledCodec(CodecContext context) {
        this.maxBytes = context.maxBytes();
    }

    /**
     * Makes an instance of the serializer.
     *
     * @return a new one
     */
    protected abstract S newSerializer();

    /**
     * Writes a value.
     *
     * @param serializer used by nobody else meanwhile
     * @param value not {@code null}
     * @param sink takes the bytes, so many as are allowed
     * @throws Exception of any kind
     */
    protected abstract void write(S serializer, Object value, OutputStream sink) throws Exception;

    /**
     * Reads a value; never beyond the given bytes.
     *
     * @param serializer used by nobody else meanwhile
     * @param bytes holds the value
     * @param offset where it starts
     * @param length how many bytes it has; more than 0
     * @return the value; {@code null}, which is never stored, counts as damaged
     * @throws Exception of any kind
     */
    protected abstract @Nullable Object read(S serializer, byte[] bytes, int offset, int length) throws Exception;

    @Override
    public final void encode(Object value, OutputStream sink) throws AttributeCodecException {
        try {
            S serializer = take();
            write(serializer, value, new BoundedOutput(sink, maxBytes));
            giveBack(serializer);
        } catch (Throwable e) {
            throw AttributeCodecException.writing(value, e);
        }
    }

    @Override
    public final Object decode(byte[] bytes, int offset, int length) throws AttributeCodecException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0 || length > maxBytes) {
            throw AttributeCodecException.reading(
                    new ValueRefusedException("it has " + length + " bytes, and 1 to " + maxBytes + " are allowed"));
        }
        try {
            S serializer = take();
            Object value = read(serializer, bytes, offset, length);
            giveBack(serializer);
            if (value == null) {
                throw new ValueRefusedException("it is null, which is never stored");
            }
            return value;
        } catch (Throwable e) {
            throw AttributeCodecException.reading(e);
        }
    }

    private S take() {
        S serializer = idle.poll();
        return serializer == null ? newSerializer() : serializer;
    }

    private void giveBack(S serializer) {
        if (!closed && idle.offer(serializer) && closed) {
            idle.clear(); // closed in between
        }
    }

    @Override
    public void close() {
        closed = true;
        idle.clear();
    }
}
