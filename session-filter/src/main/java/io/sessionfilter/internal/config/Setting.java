package io.sessionfilter.internal.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One setting: what users are told of it, and how its value is read.
 *
 * @param name as an init-param
 * @param type what its values look like
 * @param defaultText as the README shows it; the value itself if {@code defaultIsValue}, else words
 * @param defaultIsValue whether the default is a value that could be written; else it is computed elsewhere, or
 *     there is none
 * @param meaning one or two sentences
 * @param isRequired whether the filter cannot start without it
 * @param <T> a value as the program uses it
 */
record Setting<T>(
        String name,
        ValueType<T> type,
        String defaultText,
        boolean defaultIsValue,
        String meaning,
        boolean isRequired) {
    /** The first release, which implements all that is not "not yet". */
    static final String FIRST_RELEASE = "0.1";

    /** The name as part of an environment variable's: {@code MEMCACHED_NODES} of {@code memcachedNodes}. */
    String upperSnakeName() {
        return name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    /** The value if none is given; empty if there is none, or if it is computed elsewhere. */
    Optional<T> defaultValue() {
        if (!defaultIsValue) {
            return Optional.empty();
        }
        try {
            return Optional.of(type.parse(defaultText));
        } catch (InvalidValueException e) {
            throw new IllegalStateException("the default of " + name + " is wrong", e);
        }
    }
}
