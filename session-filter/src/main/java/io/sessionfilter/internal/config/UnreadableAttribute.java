package io.sessionfilter.internal.config;

/** What an attribute looks like that this app node cannot decode. */
public enum UnreadableAttribute {
    /** As if there were none. */
    HIDE,
    /** Asking for it throws. */
    FAIL
}
