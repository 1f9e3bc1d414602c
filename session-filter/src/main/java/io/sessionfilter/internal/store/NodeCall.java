package io.sessionfilter.internal.store;

/**
 * An operation on a memcached node that is under way: sent at once, unless too many others are, and awaited when its answer is needed, so that
 * several nodes can be asked in one round trip. To be awaited once, by the thread that started it.
 *
 * @param <T> the answer
 */
public interface NodeCall<T> {
    /**
     * Waits for the answer, for at most what is left of the operation timeout since the operation was sent. One that was not sent yet is sent now, as soon
     * as the node has answered some of the others; if it does not within a quarter of an operation timeout, this one is {@link NodeException.Kind#UNAVAILABLE}.
     *
     * @throws NodeException if there is no answer; an interrupt ends the wait as {@link NodeException.Kind#UNKNOWN}, or {@code UNAVAILABLE} if
     *     nothing was sent yet, with the thread's flag restored
     */
    T await() throws NodeException;
}
