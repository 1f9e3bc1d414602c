package io.sessionfilter.codec.fory;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.jspecify.annotations.Nullable;

/** A value that is made when all that it holds has been read, so that nothing it holds may refer to it. */
final class MadeLast implements Body {
    private final Body body;
    private final Predicate<Object> isMadeLast;

    /** All values of a class. */
    MadeLast(Body body) {
        this(body, value -> true);
    }

    private MadeLast(Body body, Predicate<Object> isMadeLast) {
        this.body = body;
        this.isMadeLast = isMadeLast;
    }

    /** Sorted collections and maps: they are made with their comparators, and one of the application's may hold anything. */
    static MadeLast sorted(Body body) {
        return new MadeLast(body, value -> {
            Comparator<?> comparator = comparator(value);
            return comparator != null && comparator.getClass().getClassLoader() != null;
        });
    }

    private static @Nullable Comparator<?> comparator(Object value) {
        if (value instanceof SortedMap<?, ?> map) {
            return map.comparator();
        }
        return value instanceof SortedSet<?> set ? set.comparator() : ((PriorityQueue<?>) value).comparator();
    }

    @Override
    public void write(WriteContext context, Object value) {
        if (!isMadeLast.test(value)) {
            body.write(context, value);
            return;
        }
        WrittenReferences references = (WrittenReferences) context.getRefWriter();
        references.begin(value);
        body.write(context, value);
        references.end();
    }

    @Override
    public Object read(ReadContext context) {
        return body.read(context);
    }
}
