package io.sessionfilter.internal.codec;

/**
 * Ends the writing or reading of a value; the message is for the user. Unchecked on purpose: {@code ObjectOutputStream} answers an {@code
 * IOException} by writing that exception into the stream, which would then be checked as if the application had asked for it.
 */
final class CodecFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CodecFailure(String message) {
        super(message, null, false, false);
    }
}
