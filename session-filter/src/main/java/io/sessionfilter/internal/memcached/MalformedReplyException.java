package io.sessionfilter.internal.memcached;

/**
 * The peer does not speak memcached's meta protocol, or answered another command than the one asked: its connection is
 * of no more use.
 */
final class MalformedReplyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedReplyException(String message) {
        super(message);
    }
}
