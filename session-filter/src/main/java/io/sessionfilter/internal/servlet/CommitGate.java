package io.sessionfilter.internal.servlet;

/**
 * Knows from the bytes written when a response is about to go out, and has the session committed before. Containers go out when the buffer
 * is exactly full or, as Tomcat, with the first byte that does not fit, and when as many bytes are written as the content length says.
 *
 * <p>Bytes are counted exactly for streams, and never too few for writers. A count that is too high asks for a commit too early: the gate
 * then asks again from time to time until the response is really out. No cookie depends on this count, only how early changes are durable;
 * the end of the dispatch commits in any case, before the end of the response.
 */
final class CommitGate {
    private static final long UNKNOWN = -1;

    private final RequestState state;
    private long written;
    private long threshold;
    private long contentLength = UNKNOWN;
    private int bufferSize;
    private boolean exact = true;

    CommitGate(RequestState state) {
        this.state = state;
    }

    void bufferSize(int size) {
        bufferSize = size;
        threshold = Math.max(written, size);
    }

    /** The application says how long the response will be; that many bytes may have been written already. */
    void contentLength(long length) {
        contentLength = length;
        if (length > 0 && written >= length) {
            state.commitBeforeResponse();
        }
    }

    /** Bytes are about to be written. */
    void beforeBytes(long count) {
        written += count;
        boolean last = contentLength >= 0 && written >= contentLength;
        if (last || written >= threshold) {
            boolean exactlyFull = written == threshold && threshold == bufferSize;
            threshold = written + (exactlyFull ? 1 : Math.max(bufferSize / 4, 256));
            state.commitBeforeResponse();
        }
    }

    /** Those bytes have been written. */
    void afterBytes() {
        if (exact && contentLength >= 0 && written >= contentLength) {
            state.outgoing().responseComplete();
        }
    }

    /** The bytes of this response can only be estimated. */
    void inexact() {
        exact = false;
    }

    /** A flush, a close, a redirect, an error. */
    void beforeCommit() {
        state.commitBeforeResponse();
    }

    /** What was in the buffer is gone. */
    void bufferReset() {
        written = 0;
        threshold = bufferSize;
    }

    void reset() {
        bufferReset();
        contentLength = UNKNOWN;
        exact = true;
    }
}
