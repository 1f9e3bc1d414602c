package io.sessionfilter.testkit.contract;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One {@code Set-Cookie} header.
 *
 * @param attributes by name in lower case; an attribute without a value has the empty one
 */
record SetCookie(String name, String value, Map<String, String> attributes) {
    static SetCookie parse(String header) {
        String[] parts = header.split(";", -1);
        String[] pair = split(parts[0]);
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] attribute = split(parts[i]);
            attributes.put(attribute[0].toLowerCase(Locale.ROOT), attribute[1]);
        }
        return new SetCookie(pair[0], pair[1], attributes);
    }

    /** Tells the client to forget the cookie. */
    boolean expires() {
        String expires = attributes.get("expires");
        // Tomcat writes no Max-Age of 0 but the date alone.
        return attributes.containsKey("max-age")
                ? "0".equals(attributes.get("max-age"))
                : expires != null && parseDate(expires).isBefore(Instant.now());
    }

    /** The dates of cookies come with spaces and with hyphens. */
    private static Instant parseDate(String date) {
        return ZonedDateTime.parse(date.replace('-', ' '), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }

    private static String[] split(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new String[] {text.trim(), ""}
                : new String[] {
                    text.substring(0, equals).trim(), text.substring(equals + 1).trim()
                };
    }
}
