package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.ValueRefusedException;
import java.io.IOException;

/** An enum constant by its name: by its number, as FST does it, a constant that is inserted before it would make it another one. */
final class EnumPart implements Part<Enum<?>> {
    @Override
    public void write(GraphWriter out, Enum<?> constant) throws IOException {
        out.writeClassTag(constant.getDeclaringClass());
        out.writeStringUTF(constant.name());
    }

    @Override
    public Enum<?> read(GraphReader in, int position) throws Exception {
        Class<?> type = in.readClass().getClazz();
        String name = in.readStringUTF();
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return (Enum<?>) constant;
                }
            }
        }
        throw new ValueRefusedException("the enum " + type.getName() + " has no such constant any more");
    }
}
