package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.ValueRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.jspecify.annotations.Nullable;

/** {@code List.of} and {@code Stream.toList}, which are of one class but differ by whether they take {@code null}: Fory cannot read the latter. */
final class ImmutableList implements Body {
    @Override
    public void write(WriteContext context, Object value) {
        List<?> list = (List<?>) value;
        context.getBuffer().writeBoolean(takesNull(list));
        context.getBuffer().writeInt32(list.size());
        list.forEach(context::writeRef);
    }

    private static boolean takesNull(List<?> list) {
        try {
            return list.contains(null) || !list.contains(null);
        } catch (NullPointerException e) {
            return false; // as List.of answers
        }
    }

    @Override
    public Object read(ReadContext context) {
        boolean takesNull = context.getBuffer().readBoolean();
        int left = context.getBuffer().readInt32();
        if (left < 0 || left > context.getBuffer().remaining()) {
            throw new ValueRefusedException("it is said to be longer than it is");
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (; left > 0; left--) {
            elements.add(context.readRef());
        }
        return takesNull ? elements.stream().toList() : List.copyOf(elements);
    }
}
