package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.codec.ValueRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.fory.context.MetaStringReader;
import org.apache.fory.context.MetaStringWriter;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.memory.MemoryUtils;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.type.Generics;
import org.jspecify.annotations.Nullable;

/**
 * Fory for one thread at a time. Not by Fory's own methods, but by what they are made of: so what it does with references is ours to check,
 * and what it throws does not show the values that it has read.
 *
 * <p>One instance writes and another one reads. What Fory learns of a class when it reads would otherwise show in what it writes: having read
 * a value of an older version of the class, or of one that is embedded, it tells its reader of that version and writes this one.
 */
final class SessionFory {
    /** Levels of objects inside objects, as for the JDK's codec. */
    static final int MAX_WRITTEN_DEPTH = 200;

    private static final int BUFFER = 4096;
    private static final int MAX_BUFFER_KEPT = 1 << 18;

    private final WriteContext writer;
    private final ReadContext reader;
    private MemoryBuffer buffer = MemoryUtils.buffer(BUFFER);

    SessionFory(CodecContext context) {
        writer = writer(ForySetup.create(context), context);
        reader = reader(ForySetup.create(context));
    }

    private static WriteContext writer(TypeResolver resolver, CodecContext context) {
        WrittenReferences references =
                new WrittenReferences(resolver.getConfig().mapRefLoadFactor(), context.maxBytes());
        WriteContext writer =
                new WriteContext(resolver.getConfig(), new Generics(), resolver, references, new MetaStringWriter());
        references.belongTo(writer);
        return writer;
    }

    private static ReadContext reader(TypeResolver resolver) {
        return new ReadContext(
                resolver.getConfig(),
                new Generics(),
                resolver,
                new ReadReferences(),
                new MetaStringReader(resolver.getSharedRegistry()));
    }

    void write(Object value, OutputStream sink) throws IOException {
        buffer.writerIndex(0);
        writer.prepare(buffer, null);
        writer.writeRootRef(value);
        writer.reset();
        sink.write(buffer.getHeapMemory(), 0, buffer.writerIndex());
        if (buffer.size() > MAX_BUFFER_KEPT) {
            buffer = MemoryUtils.buffer(BUFFER);
        }
    }

    @Nullable
    Object read(byte[] bytes, int offset, int length) {
        MemoryBuffer range = MemoryBuffer.fromByteArray(bytes, offset, length);
        reader.prepare(range, null, false);
        Object value = reader.readRootRef();
        reader.reset();
        if (range.remaining() > 0) {
            throw new ValueRefusedException("it has bytes behind its end");
        }
        return value;
    }
}
