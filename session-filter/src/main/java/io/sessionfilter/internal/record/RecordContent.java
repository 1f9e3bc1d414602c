package io.sessionfilter.internal.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a commit changes of a record.
 *
 * @param changes the attributes that change: to their new stored value, or to {@code null} when removed. Not copied, not to be changed.
 * @param maxInactiveInterval the session's timeout in seconds; 0 and below: never
 * @param lastCommit now, in milliseconds since 1970
 */
public record RecordContent(Map<String, @Nullable Segment> changes, int maxInactiveInterval, long lastCommit) {}
