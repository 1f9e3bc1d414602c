package io.sessionfilter.internal.memcached;

import java.io.IOException;

/** Something answered a probe, but not as a memcached does that this library can use. */
final class UnexpectedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    UnexpectedAnswerException(String message) {
        super(message);
    }
}
