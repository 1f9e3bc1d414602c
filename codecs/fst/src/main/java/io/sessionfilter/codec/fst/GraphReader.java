package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.codec.ValueRefusedException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nustaq.serialization.FSTClazzInfo;
import org.nustaq.serialization.FSTObjectInput;
import org.nustaq.serialization.FSTObjectSerializer;

/**
 * FST's input, reading what {@link GraphWriter} writes and nothing else. FST sets fields without asking whether the object fits: here every
 * object is compared with the type of the field that it is read for, before it gets there.
 */
@SuppressWarnings("rawtypes") // FST's signatures are raw
final class GraphReader extends FSTObjectInput {
    private static final int MAX_DEPTH = 300;

    private static final byte[] NOTHING = {};

    private final Parts parts;
    private final CodecContext context;
    private final byte[] shapeRead = new byte[BeanShape.BYTES];

    /** Of any type. */
    private final FSTClazzInfo.FSTFieldInfo any = new FSTClazzInfo.FSTFieldInfo(null, null, true);

    private int depth;
    private int valueNumber;

    GraphReader(FstSetup setup, Parts parts, CodecContext context) {
        super(setup);
        this.parts = parts;
        this.context = context;
    }

    @Nullable
    Object readValue(byte[] bytes, int offset, int length) throws Exception {
        resetForReuseUseArray(NOTHING);
        bytes().start(bytes, offset, length);
        valueNumber++;
        depth = 0;
        Object value = readElement();
        if (bytes().remaining() != 0) {
            throw new ValueRefusedException("it has bytes behind its end, or too few");
        }
        bytes().start(NOTHING, 0, 0);
        resetForReuseUseArray(NOTHING); // keeps neither the value nor the bytes
        return value;
    }

    RangeDecoder bytes() {
        return (RangeDecoder) getCodec();
    }

    @Nullable
    Object readElement() throws Exception {
        return readObjectWithHeader(any);
    }

    @Override
    public @Nullable Object readObjectWithHeader(FSTClazzInfo.FSTFieldInfo field) throws Exception {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new ValueRefusedException("objects nested deeper than " + MAX_DEPTH);
        }
        Object value = super.readObjectWithHeader(field);
        depth--;
        Class<?> type = field.getType();
        if (value != null && type != null && !type.isInstance(value)) {
            throw new ValueRefusedException("a field of " + type.getName() + " cannot hold a "
                    + value.getClass().getName());
        }
        return value;
    }

    Object readPart(int position) throws Exception {
        return parts.numbered(readUnsignedByte()).read(this, position);
    }

    /** So that what a part holds can refer to it. */
    <T> T register(T incomplete, int position) {
        registerObject(incomplete, position, null, any);
        return incomplete;
    }

    @Override
    protected Object instantiateAndReadNoSer(
            Class type, FSTClazzInfo info, FSTClazzInfo.FSTFieldInfo field, int position) throws Exception {
        if (!context.isPlain(type)) {
            throw unexpected();
        }
        BeanShape shape = BeanShape.of(info);
        if (shape.isNewWhenRead(valueNumber)) {
            readFully(shapeRead);
            if (!Arrays.equals(shapeRead, shape.bytes())) {
                throw new ValueRefusedException("the fields of " + type.getName()
                        + " are not those that were written: FST cannot read values of a class that has changed");
            }
        }
        return super.instantiateAndReadNoSer(type, info, field, position);
    }

    // What FST could read besides, and is never written.

    @Override
    protected Object instantiateEnum(FSTClazzInfo.FSTFieldInfo field, int position) {
        throw unexpected();
    }

    @Override
    protected Object readArray(FSTClazzInfo.FSTFieldInfo field, int position) {
        throw unexpected();
    }

    @Override
    protected Object readArrayNoHeader(FSTClazzInfo.FSTFieldInfo field, int position, Class type) {
        throw unexpected();
    }

    private static ValueRefusedException unexpected() {
        return new ValueRefusedException("it is not of this format");
    }

    /** What FST takes for the serializer of {@link Part}. */
    static final class PartSerializer implements FSTObjectSerializer {
        PartSerializer() {}

        @Override
        public Object instantiate(
                Class type, FSTObjectInput input, FSTClazzInfo info, FSTClazzInfo.FSTFieldInfo field, int position)
                throws Exception {
            return ((GraphReader) input).readPart(position);
        }

        @Override
        public void readObject(FSTObjectInput input, Object read, FSTClazzInfo info, FSTClazzInfo.FSTFieldInfo field) {}

        @Override
        public void writeObject(
                org.nustaq.serialization.FSTObjectOutput output,
                Object value,
                FSTClazzInfo info,
                FSTClazzInfo.FSTFieldInfo field,
                int position) {
            throw new IllegalStateException("a part is written by GraphWriter");
        }

        @Override
        public boolean willHandleClass(Class type) {
            return true;
        }

        @Override
        public boolean alwaysCopy() {
            return false;
        }
    }
}
