package io.sessionfilter.internal.config;

/**
 * What the values of a setting look like: their rule in words, and the parser that holds to it.
 *
 * @param <T> a value as the program uses it
 */
interface ValueType<T> {
    /** The rule as a noun phrase, such as "`true` or `false`", for messages and for the README's table. */
    String allowed();

    /** Whether this release implements any value at all. */
    default boolean isImplemented() {
        return true;
    }

    /** Which values this release implements, for the README's table. */
    default String availability() {
        return isImplemented() ? Setting.FIRST_RELEASE : "not yet";
    }

    /**
     * Reads a value.
     *
     * @param text not empty, without white space at its ends
     * @throws InvalidValueException if the rule refuses it, or if this release does not implement it yet
     */
    T parse(String text) throws InvalidValueException;
}
