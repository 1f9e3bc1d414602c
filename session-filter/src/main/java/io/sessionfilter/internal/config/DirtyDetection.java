package io.sessionfilter.internal.config;

/** Which attributes are compared with what is stored. */
public enum DirtyDetection {
    /** Those that a request was handed or has set. */
    ACCESSED,
    /** Those that a request has set. */
    SET,
    /** Those that are live on this app node. */
    ALL
}
