package io.sessionfilter.simulation;

/** What a checker decides, by the numbers of the library's promises. */
public enum Promise {
    /** 1: what a client was answered is there later. */
    DURABLE,
    /** 2: so it is if another request changed something else of the session at the same time. */
    NO_LOST_UPDATE,
    /** 3: so it is on the very next request. */
    READ_YOUR_WRITES,
    /** 4: what has ended, or was removed, does not come back. */
    NO_RESURRECTION,
    /** 6: a session that nobody has ended is found. */
    OUTAGE_IS_NO_ABSENCE
}
