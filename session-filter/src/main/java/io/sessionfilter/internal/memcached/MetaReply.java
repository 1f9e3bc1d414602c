package io.sessionfilter.internal.memcached;

import org.jspecify.annotations.Nullable;

/**
 * One answer to a meta command.
 *
 * @param code the two letters it starts with, or {@link Code#ERROR}
 * @param cas of the item, or {@link #ABSENT}
 * @param flags the client flags, or {@link #ABSENT}
 * @param remainingSeconds -1: never expires; {@link #ABSENT} if not told
 * @param value the item's bytes, or {@code null}
 * @param error the error line, empty for any other code
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are large and not copied
record MetaReply(Code code, long cas, long flags, long remainingSeconds, byte @Nullable [] value, String error) {
    /** What a number is that the answer did not tell. */
    static final long ABSENT = Long.MIN_VALUE;

    /** The kinds of answers. */
    enum Code {
        /** Done, or a hit without a value. */
        HD,
        /** A hit with its value. */
        VA,
        /** A miss of {@code mg}. */
        EN,
        /** Nothing to compare with: a miss of {@code ms C} and {@code md}. */
        NF,
        /** Not stored: {@code ms ME} found an item. */
        NS,
        /** The item is another one than the token says. */
        EX,
        /** An error line: ERROR, CLIENT_ERROR, SERVER_ERROR. */
        ERROR
    }

    static MetaReply error(String line) {
        return new MetaReply(Code.ERROR, ABSENT, ABSENT, ABSENT, null, line);
    }
}
