package io.sessionfilter.internal.codec;

import io.sessionfilter.codec.ValueRefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Small values of common types as a tag byte and their bare content: what a counter or a name needs, instead of the 80 bytes and
 * several microseconds of Java serialization. No class is looked up for them, hence none is refused.
 *
 * <p>The tags are part of the stored format: never change what one means, nor use one again. Only values of exactly these classes are
 * written so; a subclass of {@code Date} is not.
 */
final class CompactValues {
    /** A stream of Java serialization follows. Not written here. */
    static final byte JAVA_STREAM = 0;

    private static final byte STRING_LATIN1 = 1;
    private static final byte STRING_UTF16 = 2;
    private static final byte INTEGER = 3;
    private static final byte LONG = 4;
    private static final byte FALSE = 5;
    private static final byte TRUE = 6;
    private static final byte DOUBLE = 7;
    private static final byte FLOAT = 8;
    private static final byte SHORT = 9;
    private static final byte BYTE = 10;
    private static final byte CHARACTER = 11;
    private static final byte BYTES = 12;
    private static final byte UUID_BITS = 13;
    private static final byte DATE = 14;
    private static final byte INSTANT = 15;

    private CompactValues() {}

    /** The whole compact form, tag included, or {@code null} if the value has none. */
    @SuppressWarnings("JavaUtilDate") // applications have them in their sessions
    static byte @Nullable [] write(Object value) {
        if (value instanceof String text) {
            return writeString(text);
        } else if (value instanceof Integer number) {
            return tagged(INTEGER, Integer.BYTES).putInt(number).array();
        } else if (value instanceof Long number) {
            return tagged(LONG, Long.BYTES).putLong(number).array();
        } else if (value instanceof Boolean truth) {
            return new byte[] {truth ? TRUE : FALSE};
        } else if (value instanceof Double number) {
            return tagged(DOUBLE, Long.BYTES)
                    .putLong(Double.doubleToRawLongBits(number))
                    .array();
        } else if (value instanceof Float number) {
            return tagged(FLOAT, Integer.BYTES)
                    .putInt(Float.floatToRawIntBits(number))
                    .array();
        } else if (value instanceof Short number) {
            return tagged(SHORT, Short.BYTES).putShort(number).array();
        } else if (value instanceof Byte number) {
            return new byte[] {BYTE, number};
        } else if (value instanceof Character character) {
            return tagged(CHARACTER, Character.BYTES).putChar(character).array();
        } else if (value instanceof byte[] bytes) {
            return tagged(BYTES, bytes.length).put(bytes).array();
        } else if (value instanceof UUID uuid) {
            return tagged(UUID_BITS, 2 * Long.BYTES)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array();
        } else if (value instanceof Instant instant) {
            return tagged(INSTANT, Long.BYTES + Integer.BYTES)
                    .putLong(instant.getEpochSecond())
                    .putInt(instant.getNano())
                    .array();
        } else if (value.getClass() == Date.class) {
            return tagged(DATE, Long.BYTES).putLong(((Date) value).getTime()).array();
        }
        return null;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws ValueRefusedException if it is not of the size that its tag says, or the tag is unknown
     */
    @SuppressWarnings("JavaUtilDate") // applications have them in their sessions
    static Object read(byte[] bytes, int offset, int length) {
        ByteBuffer content = ByteBuffer.wrap(bytes, offset + 1, length - 1);
        byte tag = bytes[offset];
        return switch (tag) {
            case STRING_LATIN1 -> new String(bytes, offset + 1, length - 1, StandardCharsets.ISO_8859_1);
            case STRING_UTF16 -> readUtf16(content);
            case INTEGER -> exactly(Integer.BYTES, content).getInt();
            case LONG -> exactly(Long.BYTES, content).getLong();
            case FALSE -> truth(false, content);
            case TRUE -> truth(true, content);
            case DOUBLE -> Double.longBitsToDouble(exactly(Long.BYTES, content).getLong());
            case FLOAT -> Float.intBitsToFloat(exactly(Integer.BYTES, content).getInt());
            case SHORT -> exactly(Short.BYTES, content).getShort();
            case BYTE -> exactly(Byte.BYTES, content).get();
            case CHARACTER -> exactly(Character.BYTES, content).getChar();
            case BYTES -> Arrays.copyOfRange(bytes, offset + 1, offset + length);
            case UUID_BITS -> {
                exactly(2 * Long.BYTES, content);
                yield new UUID(content.getLong(), content.getLong());
            }
            case DATE -> new Date(exactly(Long.BYTES, content).getLong());
            case INSTANT -> readInstant(exactly(Long.BYTES + Integer.BYTES, content));
            default -> throw new ValueRefusedException("it starts with the unknown tag " + tag);
        };
    }

    /** Latin-1 or UTF-16, as the JDK keeps strings: lossless for unpaired surrogates, and two bytes for a Chinese character. */
    private static byte[] writeString(String text) {
        int length = text.length();
        byte[] latin1 = new byte[1 + length];
        latin1[0] = STRING_LATIN1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 0xFF) {
                return writeUtf16(text);
            }
            latin1[1 + i] = (byte) c;
        }
        return latin1;
    }

    private static byte[] writeUtf16(String text) {
        byte[] utf16 = new byte[Math.addExact(1, Math.multiplyExact(text.length(), Character.BYTES))];
        utf16[0] = STRING_UTF16;
        ByteBuffer.wrap(utf16, 1, utf16.length - 1).asCharBuffer().put(text);
        return utf16;
    }

    private static String readUtf16(ByteBuffer content) {
        if (content.remaining() % Character.BYTES != 0) {
            throw wrongSize();
        }
        return content.asCharBuffer().toString();
    }

    private static Instant readInstant(ByteBuffer content) {
        long seconds = content.getLong();
        int nanos = content.getInt();
        if (seconds < Instant.MIN.getEpochSecond()
                || seconds > Instant.MAX.getEpochSecond()
                || nanos < 0
                || nanos > 999_999_999) {
            throw new ValueRefusedException("it is no instant");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    private static Boolean truth(boolean value, ByteBuffer content) {
        exactly(0, content);
        return value;
    }

    private static ByteBuffer exactly(int size, ByteBuffer content) {
        if (content.remaining() != size) {
            throw wrongSize();
        }
        return content;
    }

    private static ValueRefusedException wrongSize() {
        return new ValueRefusedException("it is not of the size of its type");
    }

    private static ByteBuffer tagged(byte tag, int size) {
        return ByteBuffer.allocate(Math.addExact(1, size)).put(tag);
    }
}
