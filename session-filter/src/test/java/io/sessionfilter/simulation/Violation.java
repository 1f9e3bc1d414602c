package io.sessionfilter.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.Set;

/**
 * Something that must not be.
 *
 * @param kind what
 * @param session whose; {@code null}: of none in particular
 * @param text for people
 */
record Violation(Kind kind, LogicalSession session, String text) {
    /** Which promise is broken. */
    enum Kind {
        /** An acknowledged change is not seen (promises 1 to 3). */
        LOST_UPDATE,
        /** A state is seen that a later one had replaced (promises 3 and 4). */
        ROLLED_BACK,
        /** A session is there that had ended (promise 4). */
        RESURRECTED,
        /** A session that nobody has ended is not there (promises 1 and 6). */
        LOST_SESSION,
        /** A session could not be asked for (promise 6). */
        UNKNOWN,
        /** A response went out though its changes are on one app node only (promise 1). */
        NOT_DURABLE,
        /** The two copies of a session are not equal in the end, though nothing is wrong any more. */
        NOT_HEALED,
        /** PROTOCOL.md section 9. */
        INVARIANT,
        /** An exception that nobody expects. */
        FAILURE;

        /** Whether a user could notice it. */
        boolean isBrokenPromise() {
            return this != INVARIANT && this != FAILURE && this != NOT_HEALED;
        }

        /** The promises that a user would call broken. */
        Set<Promise> promises() {
            return switch (this) {
                case LOST_UPDATE -> EnumSet.of(Promise.DURABLE, Promise.NO_LOST_UPDATE, Promise.READ_YOUR_WRITES);
                case ROLLED_BACK, RESURRECTED -> EnumSet.of(Promise.NO_RESURRECTION);
                case LOST_SESSION, UNKNOWN -> EnumSet.of(Promise.OUTAGE_IS_NO_ABSENCE);
                case NOT_DURABLE -> EnumSet.of(Promise.DURABLE);
                case NOT_HEALED, INVARIANT, FAILURE -> EnumSet.noneOf(Promise.class);
            };
        }

        /** Whether overlapping faults can bring it about. */
        boolean mayFollowFromOverlappingFaults() {
            return isBrokenPromise() || this == NOT_HEALED;
        }
    }

    static Violation of(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return new Violation(Kind.FAILURE, null, text.toString());
    }

    @Override
    public String toString() {
        return kind + (session == null ? "" : " " + session) + ": " + text;
    }
}
