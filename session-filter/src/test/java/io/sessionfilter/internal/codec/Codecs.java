package io.sessionfilter.internal.codec;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.ClassFilter;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** The codecs that the tests use. */
final class Codecs {
    static final int LIMIT = 1 << 20;

    /** What an attacker writes with. */
    static final ClassFilter EVERYTHING = new ClassFilter() {
        @Override
        public boolean allows(Class<?> type) {
            return true;
        }

        @Override
        public String howToAllow(String className) {
            return "nothing";
        }
    };

    private Codecs() {}

    static JavaCodec standard() {
        return withAllowed();
    }

    static JavaCodec withAllowed(String... allowedClasses) {
        return new JavaCodec(Codecs.class.getClassLoader(), new ClassAllowList(List.of(allowedClasses)), LIMIT);
    }

    static JavaCodec careless() {
        return new JavaCodec(Codecs.class.getClassLoader(), EVERYTHING, LIMIT);
    }

    static byte[] encode(AttributeCodec codec, Object value) throws AttributeCodecException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.encode(value, bytes);
        return bytes.toByteArray();
    }

    static Object decode(AttributeCodec codec, byte[] bytes) throws AttributeCodecException {
        return codec.decode(bytes, 0, bytes.length);
    }

    static Object roundTrip(AttributeCodec codec, Object value) throws AttributeCodecException {
        return decode(codec, encode(codec, value));
    }
}
