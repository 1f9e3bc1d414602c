package io.sessionfilter.codec;

/** An attribute value could not be encoded or decoded. The message says why and what to do, and never shows the value. */
public final class AttributeCodecException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Creates one with a message.
     *
     * @param message what could not be done, and what to do about it
     */
    public AttributeCodecException(String message) {
        super(message);
    }

    /**
     * Creates one with a message and its cause.
     *
     * @param message what could not be done, and what to do about it
     * @param cause what the serializer threw
     */
    public AttributeCodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
