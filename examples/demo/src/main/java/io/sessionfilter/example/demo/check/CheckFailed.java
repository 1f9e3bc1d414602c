package io.sessionfilter.example.demo.check;

/** Something is not as it should be; the message says what. */
final class CheckFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CheckFailed(String message) {
        super(message);
    }
}
