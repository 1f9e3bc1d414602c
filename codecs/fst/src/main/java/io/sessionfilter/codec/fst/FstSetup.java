package io.sessionfilter.codec.fst;

import io.sessionfilter.codec.CodecContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nustaq.serialization.FSTClassInstantiator;
import org.nustaq.serialization.FSTClazzInfo;
import org.nustaq.serialization.FSTClazzNameRegistry;
import org.nustaq.serialization.FSTConfiguration;
import org.nustaq.serialization.FSTDecoder;
import org.nustaq.serialization.FSTSerializerRegistry;
import org.objenesis.instantiator.ObjectInstantiator;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * What FST knows of classes. It is shown {@link CodecContext#isPlain plain} classes, which it takes apart; and a few others, of which
 * it needs to know the name only, so it is told that they have no fields: to look at those of {@code String}, as it does first of all, is
 * forbidden.
 *
 * <p>FST's factory methods are not used: they look into {@code java.net.URL} and others.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // FST's signatures are raw
final class FstSetup extends FSTConfiguration {
    private static final Field[] NO_FIELDS = {};

    private final CodecContext context;
    private final FSTClazzNameRegistry names = new ApplicationClasses();

    FstSetup(CodecContext context) {
        super(null);
        this.context = context;
        setClassLoader(context.classLoader());
        setForceSerializable(true); // who may be in a session is not FST's to say
        getCLInfoRegistry().setIgnoreAnnotations(true);
        setSerializerRegistryDelegate(
                type -> type == Part.class ? new GraphReader.PartSerializer() : FSTSerializerRegistry.NULL);
        setVerifier(this::admit);
        names.registerClass(Part.class, this);
    }

    /** Asked before FST looks at a class for the first time. Refuses, or sees to it that FST will not look too closely. */
    private boolean admit(Class<?> type) {
        if (type != Part.class) {
            context.check(type);
        }
        if (!context.isPlain(type)) {
            for (Class<?> each = type; each != null; each = each.getSuperclass()) {
                FSTClazzInfo.sharedFieldSets.put(each, NO_FIELDS);
            }
        }
        return true;
    }

    /** Called when FST has looked at a class: its fields are in a static map then, which would keep the application alive. */
    @Override
    public FSTClassInstantiator getInstantiator(Class type) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            ClassLoader loader = each.getClassLoader();
            if (loader != null && loader != ClassLoader.getPlatformClassLoader()) {
                FSTClazzInfo.sharedFieldSets.remove(each);
            }
        }
        return new WithoutConstructor();
    }

    @Override
    public FSTClazzNameRegistry getClassRegistry() {
        return names;
    }

    @Override
    public FSTDecoder createStreamDecoder() {
        return new RangeDecoder(this);
    }

    /** Finds classes by name in the application only, and only those that are allowed. */
    private final class ApplicationClasses extends FSTClazzNameRegistry {
        private final Map<String, Class<?>> found = new HashMap<>();

        ApplicationClasses() {
            super(null);
        }

        @Override
        public Class classForName(String name, FSTConfiguration ignored) throws ClassNotFoundException {
            Class<?> type = found.get(name);
            if (type == null) {
                type = context.load(name);
                found.put(name, type);
            }
            return type;
        }
    }

    /** Fields are all there is to an instance of a plain class, so no constructor runs. */
    private static final class WithoutConstructor implements FSTClassInstantiator {
        private @Nullable ObjectInstantiator<?> objects;

        @Override
        public Object newInstance(Class type, @Nullable Constructor ignored, boolean init, boolean unsafe) {
            if (objects == null) { // not before: FST looks at classes too of which there can be no instances
                objects = new StdInstantiatorStrategy().newInstantiatorOf((Class<?>) type);
            }
            return objects.newInstance();
        }

        @Override
        public @Nullable Constructor findConstructorForExternalize(Class type) {
            return null;
        }

        @Override
        public @Nullable Constructor findConstructorForSerializable(Class type) {
            return null;
        }
    }
}
