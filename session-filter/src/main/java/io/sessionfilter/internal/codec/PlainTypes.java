package io.sessionfilter.internal.codec;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/**
 * Which classes are nothing but their fields, so that a serializer that knows nothing of Java's protocol may write them: see {@code
 * CodecContext.isPlain}. Decided once for each class, and kept with the class, so that no class loader is kept alive.
 */
final class PlainTypes {
    private final ClassValue<Boolean> decisions = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return decide(type);
        }
    };

    boolean contains(Class<?> type) {
        return decisions.get(type);
    }

    private static boolean decide(Class<?> type) {
        if (type.isPrimitive()
                || type.isArray()
                || type.isInterface()
                || type.isHidden()
                || type.isRecord()
                || Modifier.isAbstract(type.getModifiers())
                || Enum.class.isAssignableFrom(type)
                || Throwable.class.isAssignableFrom(type)
                || Externalizable.class.isAssignableFrom(type)
                || Proxy.isProxyClass(type)) {
            return false;
        }
        boolean serializable = Serializable.class.isAssignableFrom(type);
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            boolean lostByJava = serializable && !Serializable.class.isAssignableFrom(each) && hasState(each);
            if (JdkTypes.isOfTheJdk(each) || lostByJava || hasHooks(each) || !hasOpenFields(each)) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasState(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).anyMatch(PlainTypes::isState);
    }

    private static boolean isState(Field field) {
        return !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers());
    }

    private static boolean hasOpenFields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(PlainTypes::isState)
                .allMatch(Field::trySetAccessible);
    }

    /** An inherited {@code writeReplace} counts too, and a private one of a superclass does not; to take it for a hook is safe. */
    private static boolean hasHooks(Class<?> type) {
        return declares(type, "writeObject", ObjectOutputStream.class)
                || declares(type, "readObject", ObjectInputStream.class)
                || declares(type, "readObjectNoData")
                || declares(type, "writeReplace")
                || declares(type, "readResolve")
                || Arrays.stream(type.getDeclaredFields())
                        .anyMatch(field -> field.getName().equals("serialPersistentFields"));
    }

    private static boolean declares(Class<?> type, String name, Class<?>... parameters) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method ->
                        method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), parameters));
    }
}
