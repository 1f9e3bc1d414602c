package io.sessionfilter.internal.servlet;

import java.nio.charset.Charset;

/**
 * How many bytes characters will be in the encoding of a response: exactly for UTF-8 and ISO-8859-1, and never too few for others. Cheap
 * rather than precise: nothing is encoded.
 */
final class CharsetWidth {
    private enum Kind {
        UTF_8,
        SINGLE_BYTE,
        OTHER
    }

    private static final CharsetWidth UTF_8 = new CharsetWidth(Kind.UTF_8, 1, 3);
    private static final CharsetWidth LATIN_1 = new CharsetWidth(Kind.SINGLE_BYTE, 1, 1);

    private final Kind kind;
    private final int asciiBytes;
    private final int otherBytes;

    private CharsetWidth(Kind kind, int asciiBytes, int otherBytes) {
        this.kind = kind;
        this.asciiBytes = asciiBytes;
        this.otherBytes = otherBytes;
    }

    /**
     * The width of characters in an encoding.
     *
     * @param name as the response gives it; one that this JVM does not know is taken for a wide one
     */
    static CharsetWidth of(String name) {
        if (name.equalsIgnoreCase("UTF-8")) {
            return UTF_8;
        }
        if (name.equalsIgnoreCase("ISO-8859-1")) {
            return LATIN_1;
        }
        try {
            Charset charset = Charset.forName(name);
            if (charset.canEncode()) {
                int most = (int) Math.ceil(charset.newEncoder().maxBytesPerChar());
                return new CharsetWidth(Kind.OTHER, "a".getBytes(charset).length == 1 ? 1 : most, most);
            }
        } catch (IllegalArgumentException e) {
            // The container knows it all the same, or it would have refused it.
        }
        return new CharsetWidth(Kind.OTHER, 4, 4);
    }

    boolean isExact() {
        return kind != Kind.OTHER;
    }

    long bytes(char[] text, int start, int length) {
        long bytes = 0;
        for (int i = start; i < start + length; i++) {
            bytes += bytes(text[i]);
        }
        return bytes;
    }

    long bytes(String text, int start, int length) {
        long bytes = 0;
        for (int i = start; i < start + length; i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    int bytes(char c) {
        if (c < 0x80) {
            return asciiBytes;
        }
        if (kind == Kind.UTF_8) {
            // Half of a pair is half of four bytes.
            return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return otherBytes;
    }
}
