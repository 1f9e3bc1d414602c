package io.sessionfilter.codec.fst;

import java.io.IOException;

/**
 * Writes and reads the values of one class, or of one kind of classes, that FST cannot take apart.
 *
 * @param <T> what all of them are
 */
interface Part<T> {
    void write(GraphWriter out, T value) throws IOException;

    /**
     * Reads what {@link #write} has written.
     *
     * @param position of the object in the value, by which others refer to it; for {@link GraphReader#register}
     */
    T read(GraphReader in, int position) throws Exception;

    /** Whether one object that is in two places is one object when it is read. */
    default boolean isShared() {
        return true;
    }

    /** Whether the object is made when all that it holds has been read, so that nothing it holds may refer to it. */
    default boolean isMadeLast() {
        return false;
    }
}
