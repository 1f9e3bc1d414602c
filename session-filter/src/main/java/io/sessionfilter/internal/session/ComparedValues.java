package io.sessionfilter.internal.session;

/** Which mutable values a commit compares with their stored forms, besides those that were set and are not stored yet. */
public enum ComparedValues {
    /** Those that the request was handed or has set: it may have changed them in place. */
    HANDED_OUT,
    /** Those that the request has set. What else changes in place is not stored until it is set. */
    SET,
    /** Those that are live on this app node, whoever may have changed them. */
    ALL
}
