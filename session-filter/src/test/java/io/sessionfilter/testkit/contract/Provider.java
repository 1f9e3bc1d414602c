package io.sessionfilter.testkit.contract;

/** Whose sessions the application sees. */
enum Provider {
    /** The container's own, with no filter declared. One app node: they are not shared. */
    NATIVE,
    /** Those of session-filter, declared in {@code web.xml}. */
    OURS
}
