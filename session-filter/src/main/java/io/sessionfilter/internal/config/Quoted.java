package io.sessionfilter.internal.config;

/** Received text as messages show it: in quotes, on one line, and not too long. */
final class Quoted {
    private static final int MAX_CHARS = 80;

    private Quoted() {}

    static String text(String received) {
        return '"' + plain(received) + '"';
    }

    /** The same without the quotes, for use inside a proposal. */
    static String plain(String received) {
        StringBuilder shown = new StringBuilder();
        received.codePoints().limit(MAX_CHARS).forEach(c -> append(shown, c));
        if (received.codePoints().count() > MAX_CHARS) {
            shown.append("...");
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int codePoint) {
        if (isVisible(codePoint)) {
            shown.appendCodePoint(codePoint);
        } else {
            shown.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
        }
    }

    /** False for what would break the line, or the order in which a terminal shows it. */
    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
