package io.sessionfilter.internal.codec;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.BoundedOutput;
import io.sessionfilter.codec.ClassFilter;
import io.sessionfilter.codec.ValueRefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization, as the JDK has it, with limits: the default, because it is what session classes are written for, gives no wrong
 * answers, and needs no library (common small values take the short form of {@link CompactValues}).
 *
 * <p>What could not be read is refused when it is written, so that it shows on the day it is first put into a session and not on the day of
 * a failover: classes that the {@link ClassFilter} does not allow, nesting deeper than {@link #MAX_WRITTEN_DEPTH}, more bytes than the
 * given limit. Reading never goes beyond {@link #MAX_READ_DEPTH} and {@link ReadLimits}; a JVM-wide filter ({@code jdk.serialFilter})
 * stays in force beside ours, and what either refuses is refused.
 *
 * <p>Every {@link Throwable} becomes an {@link AttributeCodecException}, as the bytes or the application's code can cause all
 * kinds: a stack overflow, an out-of-memory, a failed static initializer, and an {@link InternalError} of the JDK's own, whose
 * immutable maps say so of damaged bytes. Messages name classes and never repeat what an application's exception says, since that may
 * show a value; it is the cause.
 *
 * <p>Not defended against: bytes that somebody composed to be slow, such as nested hash sets with exponentially many paths. Who can
 * write to memcached can do that.
 */
public final class JavaCodec implements AttributeCodec {
    /** What {@link #id()} returns. */
    public static final byte ID = 1;

    /** What {@link #name()} returns. */
    public static final String NAME = "java";

    /** Levels of objects inside objects that are written; a linked chain takes one per link. */
    static final int MAX_WRITTEN_DEPTH = 200;

    /** Levels that are read: more, as a class with superclasses counts some levels in a reader and none in a writer. */
    static final int MAX_READ_DEPTH = 300;

    private final ClassLoader loader;
    private final ClassFilter filter;
    private final int maxBytes;

    /**
     * Makes one for an application.
     *
     * @param loader the application's, by which all classes are found
     * @param filter which classes may be written and read
     * @param maxBytes the most that one value may take
     */
    public JavaCodec(ClassLoader loader, ClassFilter filter, int maxBytes) {
        this.loader = loader;
        this.filter = filter;
        this.maxBytes = maxBytes;
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
        return 0; // nothing that can be configured shows in the bytes
    }

    @Override
    public void encode(Object value, OutputStream sink) throws AttributeCodecException {
        try {
            BoundedOutput bounded = new BoundedOutput(sink, maxBytes);
            byte @Nullable [] compact = CompactValues.write(value);
            if (compact == null) {
                writeObject(value, bounded);
            } else {
                bounded.write(compact);
            }
        } catch (Throwable e) {
            throw AttributeCodecException.writing(value, e);
        }
    }

    private void writeObject(Object value, OutputStream sink) throws IOException {
        sink.write(CompactValues.JAVA_STREAM);
        ObjectWriter writer = new ObjectWriter(sink, filter);
        writer.writeObject(value);
        writer.flush();
        writer.throwIfFailed();
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) throws AttributeCodecException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            throw new AttributeCodecException("a stored value cannot be read: it is empty");
        }
        if (length > maxBytes) {
            throw new AttributeCodecException(
                    "a stored value cannot be read: it has " + length + " bytes, and " + maxBytes + " are allowed");
        }
        ReadLimits limits = new ReadLimits(length);
        try {
            return bytes[offset] == CompactValues.JAVA_STREAM
                    ? readObject(new ByteArrayInputStream(bytes, offset + 1, length - 1), limits)
                    : CompactValues.read(bytes, offset, length);
        } catch (Throwable e) {
            AttributeCodecException failure = AttributeCodecException.reading(e);
            String refusal = limits.refusal();
            throw refusal == null ? failure : AttributeCodecException.reading(new ValueRefusedException(refusal));
        }
    }

    private Object readObject(ByteArrayInputStream source, ReadLimits limits)
            throws IOException, ClassNotFoundException {
        ObjectReader reader = new ObjectReader(source, loader, filter, limits);
        Object value = reader.readObject();
        String refusal = limits.refusal();
        if (refusal != null) { // a value's own code has caught and hidden it
            throw new ValueRefusedException(refusal);
        }
        if (value == null) {
            throw new ValueRefusedException("it is null, which is never stored");
        }
        if (source.available() > 0) {
            throw new ValueRefusedException("it has bytes behind its end");
        }
        return value;
    }

    @Override
    public void close() {
        // Nothing is pooled, and no class kept.
    }
}
