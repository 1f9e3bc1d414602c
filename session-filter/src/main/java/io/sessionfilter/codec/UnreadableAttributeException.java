package io.sessionfilter.codec;

/**
 * With {@code unreadableAttribute=fail}: a session attribute is stored, but this app node cannot read it. The stored bytes stay as they are
 * until the application sets or removes the attribute, which it may.
 */
public final class UnreadableAttributeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates one.
     *
     * @param message names the attribute, and what to do
     */
    public UnreadableAttributeException(String message) {
        super(message);
    }
}
