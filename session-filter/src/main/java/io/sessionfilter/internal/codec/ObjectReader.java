package io.sessionfilter.internal.codec;

import io.sessionfilter.codec.ClassFilter;
import io.sessionfilter.codec.ValueRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Java serialization that resolves classes by the application's loader, and reads under {@link ReadLimits}. */
final class ObjectReader extends ObjectInputStream {
    private static final Map<String, Class<?>> PRIMITIVES = Stream.of(
                    boolean.class,
                    byte.class,
                    char.class,
                    short.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class,
                    void.class)
            .collect(Collectors.toMap(Class::getName, Function.identity()));

    private final ClassLoader loader;
    private final ClassFilter filter;
    private final ReadLimits limits;

    ObjectReader(InputStream source, ClassLoader loader, ClassFilter filter, ReadLimits limits) throws IOException {
        super(source);
        this.loader = loader;
        this.filter = filter;
        this.limits = limits;
        ObjectInputFilter jvmWide = getObjectInputFilter();
        setObjectInputFilter(ObjectInputFilter.merge(limits, jvmWide)); // either one's "no" counts
        enableResolveObject(true);
    }

    /** The JDK's queues are written with their locks, and take them while they are read: one that is held, and by nobody, is never given back. */
    @Override
    protected Object resolveObject(Object read) throws IOException {
        if (read instanceof ReentrantLock lock && lock.isLocked()) {
            throw new InvalidObjectException("a lock that is held");
        }
        return read;
    }

    @Override
    protected void readStreamHeader() {}

    @Override
    protected Class<?> resolveClass(ObjectStreamClass descriptor) throws IOException, ClassNotFoundException {
        Class<?> primitive = PRIMITIVES.get(descriptor.getName());
        return primitive != null ? primitive : find(descriptor.getName());
    }

    @Override
    @SuppressWarnings("deprecation") // no other way leads from interfaces to the proxy class without making a proxy
    protected Class<?> resolveProxyClass(String[] names) throws IOException, ClassNotFoundException {
        Class<?>[] interfaces = new Class<?>[names.length];
        ClassLoader definer = loader;
        for (int i = 0; i < names.length; i++) {
            interfaces[i] = find(names[i]);
            if (!Modifier.isPublic(interfaces[i].getModifiers())) {
                definer = interfaces[i].getClassLoader();
            }
        }
        try {
            return Proxy.getProxyClass(definer, interfaces);
        } catch (IllegalArgumentException e) {
            throw new ClassNotFoundException("no proxy of " + String.join(", ", names), e);
        }
    }

    /** Loads, but does not initialize. */
    private Class<?> find(String name) throws IOException, ClassNotFoundException {
        Class<?> type = Class.forName(name, false, loader);
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (!element.isPrimitive() && !filter.allows(element)) {
            String refusal = String.valueOf(
                    ValueRefusedException.notAllowed(element, filter).getMessage());
            limits.refuse(refusal);
            throw new InvalidClassException(element.getName(), refusal);
        }
        return type;
    }
}
