package io.sessionfilter.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * One copy of a session's record, as one memcached node answered.
 *
 * @param token for replacing this copy
 * @param stamp the client flags, equal on all copies of one record: see PROTOCOL.md section 1
 * @param remainingSeconds the item's remaining time to live after a renewal asked for with the read; -1: it never expires
 * @param value the record's bytes, or {@code null} if they were not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are large and not copied
public record Copy(CasToken token, int stamp, long remainingSeconds, byte @Nullable [] value) {}
