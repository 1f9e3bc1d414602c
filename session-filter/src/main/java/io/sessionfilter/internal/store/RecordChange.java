package io.sessionfilter.internal.store;

import io.sessionfilter.internal.record.RecordContent;
import io.sessionfilter.internal.record.SessionRecord;
import org.jspecify.annotations.Nullable;

/** What a commit changes: asked anew for each record that it turns out to change. */
public interface RecordChange {
    /** None: the copy of a stored state under a new key. */
    static RecordChange copyOf(SessionRecord origin) {
        return new RecordChange() {
            @Override
            public long created() {
                return origin.created();
            }

            @Override
            public void begins(long commitId) {}

            @Override
            public SessionRecord origin() {
                return origin;
            }

            @Override
            public @Nullable RecordContent over(@Nullable SessionRecord current) {
                return null;
            }
        };
    }

    /** When the session was created, in milliseconds since 1970. */
    long created();

    /**
     * A try of its commit begins.
     *
     * @param commitId of this try: a record that contains it contains the change as {@link #over} gives it now
     */
    void begins(long commitId);

    /**
     * What this app node knows of the session by now. While a commit is under way, a parallel request may have read a later record than the one that it set
     * out with, and shown it to the application.
     *
     * @param known what was known so far
     */
    default StoredRecord newest(String key, StoredRecord known) {
        return known;
    }

    /**
     * What the session was copied from, if it is about to be stored under a new key: its first record is that state with the change on top, and
     * continues its lineage.
     */
    default @Nullable SessionRecord origin() {
        return null;
    }

    /**
     * The change, applied to a record; what an earlier try has brought into the record is not made again.
     *
     * @param current the state to change; {@code null}: the session was never stored, and was copied from nowhere
     * @return what to change of it; {@code null} if it already is as this commit wants it; never {@code null} for {@code null} without {@link #origin}
     */
    @Nullable
    RecordContent over(@Nullable SessionRecord current);
}
