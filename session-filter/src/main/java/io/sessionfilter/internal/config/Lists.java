package io.sessionfilter.internal.config;

import java.util.List;
import java.util.regex.Pattern;

/** Lists as they are written in web.xml: separated by commas or white space or both, also at the ends. */
final class Lists {
    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

    private Lists() {}

    /** The entries, none of them empty. */
    static List<String> split(String text) {
        return SEPARATOR.splitAsStream(text).filter(entry -> !entry.isEmpty()).toList();
    }
}
