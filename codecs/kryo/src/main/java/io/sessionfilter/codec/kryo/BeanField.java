package io.sessionfilter.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.sessionfilter.codec.ValueRefusedException;
import java.lang.reflect.Field;
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

    void write(Kryo kryo, Output output, Object bean) {
        Field known = field;
        if (known == null) {
            throw new IllegalStateException("a field that is gone is not written");
        }
        try {
            switch (kind) {
                case 'Z' -> output.writeBoolean(known.getBoolean(bean));
                case 'B' -> output.writeByte(known.getByte(bean));
                case 'C' -> output.writeChar(known.getChar(bean));
                case 'S' -> output.writeShort(known.getShort(bean));
                case 'I' -> output.writeVarInt(known.getInt(bean), false);
                case 'J' -> output.writeVarLong(known.getLong(bean), false);
                case 'F' -> output.writeFloat(known.getFloat(bean));
                case 'D' -> output.writeDouble(known.getDouble(bean));
                default -> kryo.writeClassAndObject(output, known.get(bean));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    void read(Kryo kryo, Input input, Object bean) {
        Object value = switch (kind) {
            case 'Z' -> input.readBoolean();
            case 'B' -> input.readByte();
            case 'C' -> input.readChar();
            case 'S' -> input.readShort();
            case 'I' -> input.readVarInt(false);
            case 'J' -> input.readVarLong(false);
            case 'F' -> input.readFloat();
            case 'D' -> input.readDouble();
            case REFERENCE -> kryo.readClassAndObject(input);
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
