package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.ValueRefusedException;
import java.lang.reflect.Field;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.memory.MemoryBuffer;
import org.jspecify.annotations.Nullable;

/** One field of a bean, or of one that has it no more: then what is read is thrown away. */
final class BeanField {
    private static final char REFERENCE = 'L';

    private final @Nullable Field field;
    private final char kind;

    BeanField(Field field) {
        this(field, kind(field.getType()));
    }

    private BeanField(@Nullable Field field, char kind) {
        this.field = field;
        this.kind = kind;
    }

    /** A field that the class has lost. What it refers to is read nevertheless, as others may refer to that too. */
    static BeanField gone(char kind) {
        return new BeanField(null, kind);
    }

    /** A reference, or which primitive type, as in class files. */
    char kind() {
        return kind;
    }

    private static char kind(Class<?> type) {
        return type.isPrimitive() ? type.descriptorString().charAt(0) : REFERENCE;
    }

    void write(WriteContext context, Object bean) {
        Field known = field;
        if (known == null) {
            throw new IllegalStateException("a field that is gone is not written");
        }
        MemoryBuffer buffer = context.getBuffer();
        try {
            switch (kind) {
                case 'Z' -> buffer.writeBoolean(known.getBoolean(bean));
                case 'B' -> buffer.writeByte(known.getByte(bean));
                case 'C' -> buffer.writeChar(known.getChar(bean));
                case 'S' -> buffer.writeInt16(known.getShort(bean));
                case 'I' -> buffer.writeVarInt32(known.getInt(bean));
                case 'J' -> buffer.writeVarInt64(known.getLong(bean));
                case 'F' -> buffer.writeFloat32(known.getFloat(bean));
                case 'D' -> buffer.writeFloat64(known.getDouble(bean));
                default -> context.writeRef(known.get(bean));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    void read(ReadContext context, Object bean) {
        MemoryBuffer buffer = context.getBuffer();
        Object value = switch (kind) {
            case 'Z' -> buffer.readBoolean();
            case 'B' -> buffer.readByte();
            case 'C' -> buffer.readChar();
            case 'S' -> buffer.readInt16();
            case 'I' -> buffer.readVarInt32();
            case 'J' -> buffer.readVarInt64();
            case 'F' -> buffer.readFloat32();
            case 'D' -> buffer.readFloat64();
            case REFERENCE -> context.readRef();
            default -> throw new ValueRefusedException("it has a field of an unknown kind");
        };
        if (field != null) {
            set(field, bean, value);
        }
    }

    private void set(Field known, Object bean, @Nullable Object value) {
        if (kind == REFERENCE && value != null && !known.getType().isInstance(value)) {
            throw new ValueRefusedException("the field " + known.getName() + " of "
                    + known.getDeclaringClass().getName() + " cannot hold the "
                    + value.getClass().getName()
                    + " that was written");
        }
        try {
            known.set(bean, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
