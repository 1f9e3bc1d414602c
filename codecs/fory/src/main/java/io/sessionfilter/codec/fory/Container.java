package io.sessionfilter.codec.fory;

import java.util.Comparator;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.jspecify.annotations.Nullable;

/**
 * A collection, map or other holder of the JDK. Some are made when all that they hold has been read, so nothing that they hold may refer to
 * them.
 */
final class Container implements Body {
    private final Body body;
    private final Predicate<Object> isMadeLast;

    private Container(Body body, Predicate<Object> isMadeLast) {
        this.body = body;
        this.isMadeLast = isMadeLast;
    }

    /** Is there before what it holds is read. */
    static Body madeFirst(Body body) {
        return new Container(body, value -> false);
    }

    /** Is made of what it holds. */
    static Body madeLast(Body body) {
        return new Container(body, value -> true);
    }

    /** Is made with its comparator, and one of the application's may hold anything. */
    static Body sorted(Body body) {
        return new Container(body, value -> {
            Comparator<?> comparator = comparator(value);
            return comparator != null && comparator.getClass().getClassLoader() != null;
        });
    }

    private static @Nullable Comparator<?> comparator(Object value) {
        return value instanceof SortedMap<?, ?> map ? map.comparator() : ((SortedSet<?>) value).comparator();
    }

    @Override
    public void write(WriteContext context, Object value) {
        WrittenReferences references = (WrittenReferences) context.getRefWriter();
        boolean madeLast = isMadeLast.test(value);
        references.begin(value, madeLast);
        body.write(context, value);
        references.end(madeLast);
    }

    @Override
    public Object read(ReadContext context) {
        return body.read(context);
    }
}
