package io.sessionfilter.internal.session;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain Java serialization that counts what it is asked for. */
final class TestCodec implements AttributeCodec {
    final AtomicInteger encoded = new AtomicInteger();
    final AtomicInteger decoded = new AtomicInteger();

    /** Whether nothing can be encoded or decoded any more. */
    volatile boolean broken;

    /** Runs before the next value is encoded. */
    final Queue<Runnable> beforeEncoding = new ConcurrentLinkedQueue<>();

    @Override
    public String name() {
        return "test";
    }

    @Override
    public byte id() {
        return 127;
    }

    @Override
    public int fingerprint() {
        return 42;
    }

    @Override
    public void encode(Object value, OutputStream sink) throws AttributeCodecException {
        encoded.incrementAndGet();
        Runnable before = beforeEncoding.poll();
        if (before != null) {
            before.run();
        }
        if (broken) {
            throw new AttributeCodecException("cannot be encoded");
        }
        try {
            ObjectOutputStream out = new ObjectOutputStream(sink);
            out.writeObject(value);
            out.flush();
        } catch (IOException e) {
            throw new AttributeCodecException("cannot be encoded", e);
        }
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) throws AttributeCodecException {
        decoded.incrementAndGet();
        if (broken) {
            throw new AttributeCodecException("cannot be decoded");
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes, offset, length))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AttributeCodecException("cannot be decoded", e);
        }
    }

    @Override
    public void close() {}
}
