package io.sessionfilter.internal.codec;

import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/**
 * Watches one value being read: no more of anything than so many bytes can honestly ask for. Used by one thread, for one value. Which
 * classes are allowed is asked where they are looked up, in {@link ObjectReader}: a filter would also be shown what an allowed class's
 * {@code readResolve} returns, such as the nameless class of a lambda.
 *
 * <p>Every object, and every reference to one, takes a byte at least, and so does every element of an array. So the number of bytes
 * bounds them all, with some room for the tables that hash maps allocate: no constant could be as tight for small values and leave large
 * ones alone. Array lengths are summed up, as a bomb is otherwise made of many arrays, each within its limit.
 */
final class ReadLimits implements ObjectInputFilter {
    /** A map with the smallest load factor that the JDK accepts has this many table entries per entry. */
    static final int ARRAY_ELEMENTS_PER_BYTE = 8;

    static final int SPARE_ARRAY_ELEMENTS = 1024;

    private final long maxBytes;
    private long arrayElementsLeft;
    private @Nullable String refusal;

    ReadLimits(int maxBytes) {
        this.maxBytes = maxBytes;
        this.arrayElementsLeft = (long) maxBytes * ARRAY_ELEMENTS_PER_BYTE + SPARE_ARRAY_ELEMENTS;
    }

    /** Why the value was refused, or {@code null} if it was not. */
    @Nullable
    String refusal() {
        return refusal;
    }

    @Override
    public Status checkInput(FilterInfo info) {
        if (info.depth() > JavaCodec.MAX_READ_DEPTH) {
            return refuse("objects nested deeper than " + JavaCodec.MAX_READ_DEPTH);
        }
        if (info.references() > maxBytes || info.streamBytes() > maxBytes) {
            return refuse("more objects than " + maxBytes + " bytes can hold");
        }
        Class<?> type = info.serialClass();
        if (type != null && info.arrayLength() > 0) {
            arrayElementsLeft -= cost(type, info.arrayLength());
            if (arrayElementsLeft < 0) {
                return refuse("larger arrays than " + maxBytes + " bytes can hold");
            }
        }
        return Status.UNDECIDED; // up to a JVM-wide filter, if there is one
    }

    /** Elements of a primitive array take their full size in the stream, so that they may not be more than the bytes. */
    private static long cost(Class<?> array, long length) {
        Class<?> element = array.getComponentType();
        if (element == null || !element.isPrimitive()) {
            return length;
        }
        int size = switch (element.getName()) {
            case "long", "double" -> Long.BYTES;
            case "int", "float" -> Integer.BYTES;
            case "short", "char" -> Short.BYTES;
            default -> Byte.BYTES;
        };
        return length * size * ARRAY_ELEMENTS_PER_BYTE;
    }

    /** Remembers the first reason, so that it is not lost if a value's own code catches what comes of it. */
    Status refuse(String why) {
        if (refusal == null) {
            refusal = why;
        }
        return Status.REJECTED;
    }
}
