package io.sessionfilter.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.sessionfilter.codec.ValueRefusedException;

/** An enum constant by its name: by its number, a constant that is inserted before it would make it another one. */
final class EnumByName extends Serializer<Enum<?>> {
    EnumByName() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, Enum<?> constant) {
        output.writeString(constant.name());
    }

    @Override
    public Enum<?> read(Kryo kryo, Input input, Class<? extends Enum<?>> type) {
        String name = input.readString();
        for (Enum<?> constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new ValueRefusedException("the enum " + type.getName() + " has no such constant any more");
    }
}
