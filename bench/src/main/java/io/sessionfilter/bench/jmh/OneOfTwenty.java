package io.sessionfilter.bench.jmh;

import io.sessionfilter.internal.record.RecordContent;
import io.sessionfilter.internal.record.Segment;
import io.sessionfilter.internal.record.SessionRecord;
import io.sessionfilter.internal.store.RecordChange;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Makes a session of twenty attributes, and then another value of one of them with each commit. */
final class OneOfTwenty implements RecordChange {
    private static final int ATTRIBUTES = 20;
    private static final int TIMEOUT_SECONDS = 1800;

    private final int bytesEach;

    OneOfTwenty(int bytes) {
        bytesEach = bytes / ATTRIBUTES;
    }

    @Override
    public long created() {
        return 0;
    }

    @Override
    public void begins(long commitId) {}

    @Override
    public RecordContent over(@Nullable SessionRecord current) {
        Map<String, @Nullable Segment> changes = new HashMap<>();
        for (int i = 0; i < (current == null ? ATTRIBUTES : 1); i++) {
            changes.put("attribute" + i, segment());
        }
        return new RecordContent(changes, TIMEOUT_SECONDS, System.currentTimeMillis());
    }

    private Segment segment() {
        int header = Segment.headerLength();
        byte[] value = new byte[header + bytesEach];
        value[header] = (byte) ThreadLocalRandom.current().nextInt();
        return Segment.of((byte) 1, 0, false, value, header, bytesEach);
    }
}
