package io.sessionfilter.internal.store;

import io.sessionfilter.internal.record.RecordContent;
import io.sessionfilter.internal.record.Segment;
import io.sessionfilter.internal.record.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change that adds to a counter in a session, so that a change lost, or applied twice, shows. */
final class Counting implements RecordChange {
    static final int TIMEOUT_SECONDS = 1800;

    private final String name;
    private final int amount;
    private final List<Long> tries = new ArrayList<>();

    Counting(String name, int amount) {
        this.name = name;
        this.amount = amount;
    }

    @Override
    public void begins(long commitId) {
        tries.add(commitId);
    }

    @Override
    public long created() {
        return 1_000;
    }

    @Override
    public @Nullable RecordContent over(@Nullable SessionRecord current) {
        if (current != null && tries.stream().anyMatch(current::contains)) {
            return null;
        }
        int value = (current == null ? 0 : read(current, name)) + amount;
        byte[] bytes = new byte[Segment.headerLength() + 1];
        bytes[Segment.headerLength()] = (byte) value;
        Segment segment = Segment.of((byte) 1, 0, false, bytes, Segment.headerLength(), 1);
        int timeout = current == null ? TIMEOUT_SECONDS : current.maxInactiveInterval();
        return new RecordContent(Map.of(name, segment), timeout, 2_000);
    }

    static int read(SessionRecord record, String name) {
        Segment segment = record.find(name);
        return segment == null ? 0 : segment.array()[segment.valueOffset()];
    }
}
