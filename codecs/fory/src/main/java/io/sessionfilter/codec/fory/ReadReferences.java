package io.sessionfilter.codec.fory;

import io.sessionfilter.codec.ValueRefusedException;
import org.apache.fory.Fory;
import org.apache.fory.context.MapRefReader;
import org.apache.fory.context.RefReader;
import org.apache.fory.memory.MemoryBuffer;
import org.jspecify.annotations.Nullable;

/** Finds the objects that have been read, and refuses a reference to one that is not there yet, which Fory takes for {@code null}. */
final class ReadReferences implements RefReader {
    private final MapRefReader all = new MapRefReader();

    @Override
    public byte readRefOrNull(MemoryBuffer buffer) {
        byte flag = all.readRefOrNull(buffer);
        check(flag);
        return flag;
    }

    @Override
    public int tryPreserveRefId(MemoryBuffer buffer) {
        int flag = all.tryPreserveRefId(buffer);
        check(flag);
        return flag;
    }

    private void check(int flag) {
        if (flag == Fory.REF_FLAG && all.getReadRef() == null) {
            throw new ValueRefusedException("it refers to an object that is not there yet");
        }
    }

    @Override
    public int preserveRefId() {
        return all.preserveRefId();
    }

    @Override
    public int preserveRefId(int id) {
        return all.preserveRefId(id);
    }

    @Override
    public int lastPreservedRefId() {
        return all.lastPreservedRefId();
    }

    @Override
    public boolean hasPreservedRefId() {
        return all.hasPreservedRefId();
    }

    @Override
    public void reference(@Nullable Object object) {
        all.reference(object);
    }

    @Override
    public @Nullable Object getReadRef(int id) {
        return all.getReadRef(id);
    }

    @Override
    public @Nullable Object getReadRef() {
        return all.getReadRef();
    }

    @Override
    public void setReadRef(int id, @Nullable Object object) {
        all.setReadRef(id, object);
    }

    @Override
    public void reset() {
        all.reset();
    }
}
