package io.sessionfilter.codec;

import java.io.InvalidClassException;
import java.io.StreamCorruptedException;
import java.util.ConcurrentModificationException;
import org.jspecify.annotations.Nullable;

/** An attribute value could not be encoded or decoded. The message says why and what to do, and never shows the value. */
public final class AttributeCodecException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates one with a message.
     *
     * @param message what could not be done, and what to do about it
     */
    public AttributeCodecException(String message) {
        super(message);
    }

    /**
     * Creates one with a message and its cause.
     *
     * @param message what could not be done, and what to do about it
     * @param cause what the serializer threw
     */
    public AttributeCodecException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What came of writing a value. The message repeats nothing of what was thrown that may show the value: it names classes, or is that of
     * a {@link ValueRefusedException}.
     *
     * @param value could not be written
     * @param thrown by the serializer or by the value's own code
     * @return the exception to throw
     */
    public static AttributeCodecException writing(Object value, Throwable thrown) {
        String what = "a value of class " + value.getClass().getName();
        ConcurrentModificationException changed = find(ConcurrentModificationException.class, thrown);
        if (changed != null) {
            return new AttributeCodecException(
                    what + " was changed by another thread while it was being stored", changed);
        }
        return because(what + " cannot be stored: ", thrown);
    }

    /**
     * What came of reading a value; as {@link #writing}.
     *
     * @param thrown by the serializer or by the value's own code
     * @return the exception to throw
     */
    public static AttributeCodecException reading(Throwable thrown) {
        return because("a stored value cannot be read: ", thrown);
    }

    private static AttributeCodecException because(String what, Throwable thrown) {
        ValueRefusedException refusal = find(ValueRefusedException.class, thrown);
        return refusal != null
                ? new AttributeCodecException(what + refusal.getMessage())
                : new AttributeCodecException(what + describe(thrown), thrown);
    }

    /** Serializers wrap what is thrown within a value, several times at that. */
    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable thrown) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 100; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            depth++;
        }
        return null;
    }

    private static String describe(Throwable thrown) {
        ClassNotFoundException missing = find(ClassNotFoundException.class, thrown);
        if (missing != null) {
            return "the application has no class " + missing.getMessage();
        }
        String name = thrown.getClass().getName();
        return isAboutClasses(thrown) ? name + ": " + thrown.getMessage() : name;
    }

    /** Whether it is about classes and streams, so that its message shows no value. */
    private static boolean isAboutClasses(Throwable thrown) {
        return thrown instanceof InvalidClassException
                || thrown instanceof StreamCorruptedException
                || (thrown instanceof LinkageError && !(thrown instanceof ExceptionInInitializerError));
    }
}
