package io.sessionfilter.codec;

import java.io.OutputStream;

/**
 * Turns the values of session attributes into bytes and back. One instance serves one web application; it is used by many threads at
 * once.
 *
 * <p>Whatever goes wrong in a codec, an {@link Error} of the value's own code included, reaches the caller as an {@link
 * AttributeCodecException}, and harms one attribute only.
 */
public interface AttributeCodec extends AutoCloseable {
    /**
     * The name by which configuration chooses this codec.
     *
     * @return such as {@code java}
     */
    String name();

    /**
     * What the stored bytes carry so that any app node knows which codec wrote them. Never changed or used again once released.
     *
     * @return 1 to 127; 1 to 31 are session-filter's own
     */
    byte id();

    /**
     * What must be equal for this codec to read what it has written: its format, and its configuration as far as it shows in the bytes.
     * Stored beside the bytes; bytes of another fingerprint are not decoded.
     *
     * @return any number
     */
    int fingerprint();

    /**
     * Writes a value.
     *
     * @param value not {@code null}
     * @param sink takes the bytes; not closed; without meaning after an exception
     * @throws AttributeCodecException if the value cannot be written, or could be written but not be read again
     */
    void encode(Object value, OutputStream sink) throws AttributeCodecException;

    /**
     * Reads a value that {@link #encode} of the same id and fingerprint has written. Never executes, nor allocates without bound, what
     * damaged or hostile bytes ask for.
     *
     * @param bytes holds the value; not to be changed or kept
     * @param offset where it starts
     * @param length how many bytes it has
     * @return the value
     * @throws AttributeCodecException if the bytes cannot be read
     */
    Object decode(byte[] bytes, int offset, int length) throws AttributeCodecException;

    /** Lets go of what is pooled, of application classes in particular. Idempotent. */
    @Override
    void close();
}
