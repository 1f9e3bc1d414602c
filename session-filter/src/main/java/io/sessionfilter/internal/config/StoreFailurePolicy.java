package io.sessionfilter.internal.config;

/** What becomes of a request whose session cannot be stored, or not be found out about. */
public enum StoreFailurePolicy {
    /** It goes on, with the session in this app node's memory, or with a new one. */
    LOCAL,
    /** It fails: the application would rather refuse than risk. */
    REJECT
}
