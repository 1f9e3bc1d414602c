package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.ValueRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.fory.context.MapRefWriter;
import org.apache.fory.context.RefWriter;
import org.apache.fory.context.WriteContext;
import org.apache.fory.memory.MemoryBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asked by Fory about every object before it writes it: whether it has been written before. Refuses what Fory writes without a word and
 * could not read: what is nested too deep, and what holds itself but is {@link Container made last}; and what takes too many bytes.
 */
final class WrittenReferences implements RefWriter {
    private final MapRefWriter all;
    private final int maxBytes;
    private final List<Object> unfinished = new ArrayList<>();
    private int containers;
    private @Nullable WriteContext context;

    WrittenReferences(float loadFactor, int maxBytes) {
        all = new MapRefWriter(loadFactor);
        this.maxBytes = maxBytes;
    }

    /** Which writes by this. */
    void belongTo(WriteContext owner) {
        context = owner;
    }

    /** A container is being written, with all that it holds: of some, Fory itself does not count the depth. */
    void begin(Object container, boolean isMadeLast) {
        containers++;
        if (isMadeLast) {
            unfinished.add(container);
        }
    }

    /** The one that was begun last is done. */
    void end(boolean isMadeLast) {
        containers--;
        if (isMadeLast) {
            unfinished.remove(unfinished.size() - 1);
        }
    }

    @Override
    public boolean writeRefOrNull(MemoryBuffer buffer, @Nullable Object object) {
        boolean isDone = all.writeRefOrNull(buffer, object);
        check(buffer, object, isDone);
        return isDone;
    }

    @Override
    public boolean writeRefValueFlag(MemoryBuffer buffer, Object object) {
        boolean isNew = all.writeRefValueFlag(buffer, object);
        check(buffer, object, !isNew);
        return isNew;
    }

    private void check(MemoryBuffer buffer, @Nullable Object object, boolean isDone) {
        if (!isDone) {
            int depth = Math.max(containers, context == null ? 0 : context.getDepth());
            if (depth >= SessionFory.MAX_WRITTEN_DEPTH) {
                throw new ValueRefusedException("its objects are nested deeper than " + SessionFory.MAX_WRITTEN_DEPTH);
            }
            if (buffer.writerIndex() > maxBytes) {
                throw new ValueRefusedException("it takes more than " + maxBytes + " bytes");
            }
        } else if (!unfinished.isEmpty()) {
            for (Object each : unfinished) {
                if (each == object) {
                    throw new ValueRefusedException("an object of class "
                            + object.getClass().getName() + " in it holds itself, which Fory could not read");
                }
            }
        }
    }

    @Override
    public boolean writeNullFlag(MemoryBuffer buffer, @Nullable Object object) {
        return all.writeNullFlag(buffer, object);
    }

    @Override
    public void replaceRef(Object original, Object replacement) {
        all.replaceRef(original, replacement);
    }

    @Override
    public void reset() {
        all.reset();
        unfinished.clear();
        containers = 0;
    }
}
