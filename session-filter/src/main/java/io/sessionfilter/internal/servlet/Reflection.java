package io.sessionfilter.internal.servlet;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into a container whose classes we are not compiled against. Never fails: what is not as expected is not there. That is right for
 * what an application can also configure, and for nothing else.
 */
final class Reflection {
    private static final Logger log = LoggerFactory.getLogger(Reflection.class);

    private Reflection() {}

    /** The value of a field of an object, whichever of its classes declares it. */
    static Optional<Object> field(Object object, String name) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                return isAccessible(field) ? Optional.ofNullable(field.get(object)) : Optional.empty();
            } catch (NoSuchFieldException e) {
                // Then the superclass may have it.
            } catch (ReflectiveOperationException | RuntimeException e) {
                log.debug("{} of {} cannot be read", name, type, e);
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The result of a public method without parameters. */
    static Optional<Object> call(Object object, String name) {
        try {
            Method method = object.getClass().getMethod(name);
            return isAccessible(method) ? Optional.ofNullable(method.invoke(object)) : Optional.empty();
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("{} of {} cannot be called", name, object.getClass(), e);
            return Optional.empty();
        }
    }

    /** A public method of a class that is not public needs permission too. */
    private static <T extends AccessibleObject & Member> boolean isAccessible(T member) {
        return (Modifier.isPublic(member.getModifiers())
                        && Modifier.isPublic(member.getDeclaringClass().getModifiers()))
                || member.trySetAccessible();
    }
}
