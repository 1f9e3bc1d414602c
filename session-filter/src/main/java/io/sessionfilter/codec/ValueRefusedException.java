package io.sessionfilter.codec;

/**
 * Ends the writing or reading of a value from anywhere within it; the message is for the user, and becomes that of the {@link
 * AttributeCodecException}. Unchecked on purpose: serializers wrap or hide checked exceptions. ({@code ObjectOutputStream} answers an
 * {@code IOException} by writing that exception into the stream, which would then be checked as if the application had asked for it.)
 */
public final class ValueRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates one.
     *
     * @param message why, and what to do about it; never shows the value
     */
    public ValueRefusedException(String message) {
        super(message, null, false, false);
    }

    /**
     * A class that may not be in a session: the same words when it is written and when it is read.
     *
     * @param type the class
     * @param filter which has refused it
     * @return the exception to throw
     */
    public static ValueRefusedException notAllowed(Class<?> type, ClassFilter filter) {
        String name = type.getName();
        return new ValueRefusedException(
                "class " + name + " is not allowed in a session; if it may be, " + filter.howToAllow(name));
    }
}
