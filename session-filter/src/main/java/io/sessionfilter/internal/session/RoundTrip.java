package io.sessionfilter.internal.session;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a value loses when it is stored and read again, as far as that can be told: for development mode. Values are compared by their own
 * {@code equals} if they have one, and beans field by field, transient ones too: those work in memory only, until the day of a failover.
 */
final class RoundTrip {
    private static final int MAX_OBJECTS = 1_000;

    /** What remains to be compared. */
    private record Pair(Object written, Object read, String where) {}

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Pair> pairs = new ArrayDeque<>();

    private RoundTrip() {}

    /** The first loss in words; {@code null}: none was found. */
    static @Nullable String loss(Object written, Object read) {
        return new RoundTrip().compare(written, read);
    }

    private @Nullable String compare(Object written, Object read) {
        pairs.add(new Pair(written, read, "it"));
        while (!pairs.isEmpty() && seen.size() < MAX_OBJECTS) {
            Pair pair = pairs.remove();
            if (seen.add(pair.written)) {
                String loss = compare(pair);
                if (loss != null) {
                    return loss;
                }
            }
        }
        return null;
    }

    private @Nullable String compare(Pair pair) {
        Class<?> type = pair.written.getClass();
        if (type.isHidden()) {
            return null; // a lambda is of another class each time
        }
        if (type != pair.read.getClass()) {
            return pair.where + " is read as a " + pair.read.getClass().getName();
        }
        if (hasEquals(type) && !pair.written.equals(pair.read)) {
            return "what is read of " + pair.where + " is not equal to what was written";
        }
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                String loss = compare(pair, field);
                if (loss != null) {
                    return loss;
                }
            }
        }
        return null;
    }

    private @Nullable String compare(Pair pair, Field field) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive() || !field.trySetAccessible()) {
            return null; // the fields of the JDK's classes are closed, and their equals has been asked
        }
        String name = "the field " + field.getName() + " of "
                + field.getDeclaringClass().getName();
        try {
            Object written = field.get(pair.written);
            Object read = field.get(pair.read);
            if (written != null && read == null) {
                return name + " is null once it is read"
                        + (Modifier.isTransient(field.getModifiers())
                                ? ": it is transient, so let readObject restore it"
                                : "");
            }
            if (written != null && read != null) {
                pairs.add(new Pair(written, read, name));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // it was made accessible
        }
        return null;
    }

    private static boolean hasEquals(Class<?> type) {
        try {
            return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e); // every class has one
        }
    }
}
