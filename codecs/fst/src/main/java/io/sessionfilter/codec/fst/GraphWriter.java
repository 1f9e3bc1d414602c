package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.ValueRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.nustaq.serialization.FSTClazzInfo;
import org.nustaq.serialization.FSTObjectOutput;

/**
 * FST's output, which is shown strings, the most frequent boxes, and plain beans. Everything else is written as a {@link Part}: an object
 * of the class {@code Part} to FST, followed by the number of the part and whatever that writes.
 */
final class GraphWriter extends FSTObjectOutput {
    /** Levels of objects inside objects that are written, as for the JDK's codec. */
    private static final int MAX_DEPTH = 200;

    private static final int BUFFER = 4096;

    private final Parts parts;
    private final int maxBytes;
    private final byte[] firstBuffer = new byte[BUFFER];

    /** Of any type. */
    private final FSTClazzInfo.FSTFieldInfo any = new FSTClazzInfo.FSTFieldInfo(null, null, true);

    /** What is being written and can be made only when all that it holds has been read. */
    private final Deque<Object> unfinished = new ArrayDeque<>();

    private int depth;
    private int valueNumber;

    GraphWriter(FstSetup setup, Parts parts, int maxBytes) {
        super(setup);
        this.parts = parts;
        this.maxBytes = maxBytes;
    }

    void writeValue(Object value, OutputStream sink) throws IOException {
        resetForReUse(firstBuffer);
        valueNumber++;
        depth = 0;
        writeElement(value);
        sink.write(getBuffer(), 0, getWritten());
        resetForReUse(firstBuffer); // keeps neither the value nor a large buffer
    }

    void writeElement(@Nullable Object element) throws IOException {
        writeObjectWithContext(any, element, null);
    }

    @Override
    protected @Nullable FSTClazzInfo writeObjectWithContext(
            FSTClazzInfo.FSTFieldInfo field, @Nullable Object value, @Nullable FSTClazzInfo known) throws IOException {
        if (value == null) {
            return super.writeObjectWithContext(field, null, null);
        }
        if (getWritten() > maxBytes) {
            throw new ValueRefusedException("it takes more than " + maxBytes + " bytes");
        }
        depth++;
        if (depth > MAX_DEPTH) {
            throw new ValueRefusedException("its objects are nested deeper than " + MAX_DEPTH
                    + ", as in a long linked chain: keep them in a collection");
        }
        Parts.Numbered part = parts.of(value.getClass());
        FSTClazzInfo info = null;
        if (part == null) {
            info = super.writeObjectWithContext(field, value, known);
        } else {
            writePart(part, value);
        }
        depth--;
        return info;
    }

    private void writePart(Parts.Numbered numbered, Object value) throws IOException {
        Part<Object> part = numbered.part();
        if (part.isShared() && writeHandleIfApplicable(value, null)) {
            if (part.isMadeLast() && unfinished.stream().anyMatch(each -> each == value)) {
                throw new ValueRefusedException("an immutable object in it holds itself");
            }
            return;
        }
        getCodec().writeTag(OBJECT, null, 0, value, this);
        getCodec().writeClass(Part.class);
        getCodec().writeFByte(numbered.number());
        if (part.isMadeLast()) {
            unfinished.push(value);
            part.write(this, value);
            unfinished.pop();
        } else {
            part.write(this, value);
        }
    }

    @Override
    protected boolean writeObjectHeader(FSTClazzInfo info, FSTClazzInfo.FSTFieldInfo field, Object bean)
            throws IOException {
        boolean isWhole = super.writeObjectHeader(info, field, bean);
        BeanShape shape = BeanShape.of(info);
        if (shape.isNewWhenWritten(valueNumber)) {
            getCodec().writeRawBytes(shape.bytes(), 0, BeanShape.BYTES);
        }
        return isWhole;
    }
}
