package io.sessionfilter.internal.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads whole numbers with a unit: {@code 500}, {@code 1 s}, {@code 64m}. */
final class Quantities {
    /** At most 15 digits: any duration of so many hours can be represented. */
    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,15})\\s*([A-Za-z]*)");

    private Quantities() {}

    /** A duration; without a unit, of milliseconds. Empty if the text is none. */
    static Optional<Duration> duration(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(quantity.group(1));
        return switch (quantity.group(2).toLowerCase(Locale.ROOT)) {
            case "", "ms" -> Optional.of(Duration.ofMillis(number));
            case "s" -> Optional.of(Duration.ofSeconds(number));
            case "m" -> Optional.of(Duration.ofMinutes(number));
            case "h" -> Optional.of(Duration.ofHours(number));
            default -> Optional.empty();
        };
    }

    /** A number of bytes. Empty if the text is none, or too large for a {@code long}. */
    static Optional<Long> bytes(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(quantity.group(1));
        return switch (quantity.group(2).toLowerCase(Locale.ROOT)) {
            case "" -> Optional.of(number);
            case "k" -> times(number, 1L << 10);
            case "m" -> times(number, 1L << 20);
            case "g" -> times(number, 1L << 30);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> times(long number, long factor) {
        return number <= Long.MAX_VALUE / factor ? Optional.of(number * factor) : Optional.empty();
    }
}
