package io.sessionfilter.bench.codecs;

/** What was asked for cannot be done. The message tells the user why, and what to do. */
public final class BenchUsageException extends Exception {
    private static final long serialVersionUID = 1L;

    BenchUsageException(String message) {
        super(message);
    }

    BenchUsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
