package io.sessionfilter.bench.codecs;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.codec.ClassFilter;
import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.internal.codec.ApplicationCodecContext;
import io.sessionfilter.internal.codec.ClassAllowList;
import io.sessionfilter.internal.codec.JavaCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The codecs on the class path. */
final class CodecsHere {
    static final String JAVA = JavaCodec.NAME;

    /** Larger than any session should be, so that the time is measured and not a limit. */
    static final int MAX_BYTES = 64 << 20;

    private CodecsHere() {}

    /** Their names, the JDK's first. */
    static List<String> names() {
        List<String> names = new ArrayList<>(List.of(JAVA));
        providers().map(AttributeCodecProvider::name).sorted().forEach(names::add);
        return names;
    }

    /**
     * Makes one, without its self-test.
     *
     * @param name one of {@link #names}
     * @param classLoader by which it is to find classes
     * @throws AttributeCodecException if it cannot work here
     */
    static AttributeCodec create(String name, ClassLoader classLoader) throws AttributeCodecException {
        CodecContext context = new ApplicationCodecContext(classLoader, new AllButTheJdksOwn(), MAX_BYTES);
        if (name.equals(JAVA)) {
            return context.javaSerialization();
        }
        return providers()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such codec: " + name))
                .create(context);
    }

    private static Stream<AttributeCodecProvider> providers() {
        return ServiceLoader.load(AttributeCodecProvider.class, CodecsHere.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get);
    }

    /** What is in a session of the user's own may be there, as if {@code allowedClasses} named it; the JDK's classes as ever. */
    private static final class AllButTheJdksOwn implements ClassFilter {
        private final ClassFilter rule = new ClassAllowList(List.of());

        @Override
        public boolean allows(Class<?> type) {
            ClassLoader loader = type.getClassLoader();
            boolean isOfTheJdk = loader == null || loader == ClassLoader.getPlatformClassLoader();
            return !isOfTheJdk || rule.allows(type);
        }

        @Override
        public String howToAllow(String className) {
            return rule.howToAllow(className);
        }
    }
}
