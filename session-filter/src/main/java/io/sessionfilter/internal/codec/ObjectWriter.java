package io.sessionfilter.internal.codec;

import io.sessionfilter.codec.ClassFilter;
import io.sessionfilter.codec.ValueRefusedException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization that refuses at once what {@link ObjectReader} would refuse later.
 *
 * <p>Every class of which anything is written is seen exactly once, by {@link #annotateClass}: superclasses, arrays, enums and classes as
 * values included, and the class that holds a lambda's code. The stream has no header, since the codec's own first byte says what it is.
 */
final class ObjectWriter extends ObjectOutputStream {
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final ClassFilter filter;
    private int depthAtMost;
    private @Nullable ValueRefusedException failure;

    ObjectWriter(OutputStream sink, ClassFilter filter) throws IOException {
        super(sink);
        this.filter = filter;
        enableReplaceObject(true); // only to see every object: none is replaced
    }

    /** Throws what a value's own code has caught and hidden: the bytes are of no use then. */
    void throwIfFailed() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    protected void writeStreamHeader() {}

    @Override
    protected void annotateClass(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        check(element);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        for (Class<?> each : type.getInterfaces()) {
            check(each);
        }
    }

    @Override
    protected Object replaceObject(Object written) {
        if (!(written instanceof Serializable)) {
            throw fail(written.getClass().getName()
                    + " is not Serializable: let it implement java.io.Serializable, or keep it "
                    + "out of the session (a transient field)");
        }
        // Each level of nesting takes an object that comes by here, so that the stack need not be looked at every time.
        depthAtMost++;
        if (depthAtMost > JavaCodec.MAX_WRITTEN_DEPTH) {
            depthAtMost = depth();
            if (depthAtMost > JavaCodec.MAX_WRITTEN_DEPTH) {
                throw fail("its objects are nested deeper than " + JavaCodec.MAX_WRITTEN_DEPTH
                        + ", as in a long linked chain: keep them in a collection");
            }
        }
        return written;
    }

    /** How many objects are being written, one inside the other. A test would notice a JDK whose stream has another shape. */
    private static int depth() {
        return STACK.walk(frames -> (int) frames.takeWhile(frame -> frame.getDeclaringClass() != JavaCodec.class)
                .filter(frame -> frame.getDeclaringClass() == ObjectOutputStream.class
                        && frame.getMethodName().equals("writeObject0"))
                .count());
    }

    private void check(Class<?> type) {
        if (!type.isPrimitive() && !filter.allows(type)) {
            throw fail(ValueRefusedException.notAllowed(type, filter));
        }
    }

    private ValueRefusedException fail(String message) {
        return fail(new ValueRefusedException(message));
    }

    private ValueRefusedException fail(ValueRefusedException thrown) {
        if (failure == null) {
            failure = thrown;
        }
        return failure;
    }
}
