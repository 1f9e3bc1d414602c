package io.sessionfilter.internal.config;

import java.util.List;

/**
 * The value of a setting is refused. Each problem is a sentence without its beginning: where the value came from
 * is put before it.
 */
final class InvalidValueException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized; the list's own implementation would be serializable
    private final List<String> problems;

    InvalidValueException(String problem) {
        this(List.of(problem));
    }

    InvalidValueException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The common form: what is allowed, and what was received. */
    static InvalidValueException mustBe(String allowed, String received) {
        return new InvalidValueException("must be " + allowed + ", but was " + Quoted.text(received));
    }

    List<String> problems() {
        return problems;
    }
}
