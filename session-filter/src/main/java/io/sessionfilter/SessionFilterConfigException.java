package io.sessionfilter;

/**
 * The filter cannot start as configured. The message names the parameter, says what is allowed and what was received; it never shows a
 * secret.
 */
public final class SessionFilterConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates one with a message.
     *
     * @param message which parameter is wrong, what is allowed, what was received
     */
    public SessionFilterConfigException(String message) {
        super(message);
    }

    /**
     * Creates one with a message and its cause.
     *
     * @param message which parameter is wrong, what is allowed, what was received
     * @param cause what was thrown when the value was tried
     */
    public SessionFilterConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
