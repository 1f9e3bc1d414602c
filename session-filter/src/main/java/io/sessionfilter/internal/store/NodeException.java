package io.sessionfilter.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * A memcached node could not be asked, or did not answer in time, or refused. Checked, so that no caller can take it for "there is no
 * such item". The message names node, operation and elapsed time, never a session key.
 */
public final class NodeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is known of an operation that failed. */
    public enum Kind {
        /** Not sent: the node is down, its breaker open. Nothing happened there. */
        UNAVAILABLE,
        /** Sent, no answer in time, or the connection broke: a write may have happened, or may happen later. */
        UNKNOWN,
        /** The item is larger than the node takes. Nothing was sent; what was stored before is still stored. */
        TOO_LARGE,
        /**
         * The node answered with an error, such as "out of memory storing object": nothing was stored, and what was stored before is gone.
         * The node is well.
         */
        REFUSED
    }

    private final Kind kind;
    private final NodeId node;

    public NodeException(Kind kind, NodeId node, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.node = node;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the node could not be reached, so that trying again later makes sense. */
    public boolean isOutage() {
        return kind == Kind.UNAVAILABLE || kind == Kind.UNKNOWN;
    }

    public NodeId node() {
        return node;
    }
}
