package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.memcached.MetaReply.Code;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Parses the answer to one meta command from the pieces in which it arrives. Trusts nothing: neither lengths nor
 * numbers nor the end of a line, and wants its own opaque back, so that an answer is never taken for that of another
 * command. For one answer, by one thread.
 */
final class MetaReplyParser {
    /** Longer lines are no answer to anything this library asks. */
    private static final int MAX_LINE_BYTES = 2048;

    private final String opaque;
    private final int maxValueBytes;
    private byte[] line = new byte[64];
    private int lineLength;
    private byte @Nullable [] value;
    private int valueLength;
    private int valueEnd;
    private @Nullable MetaReply head;

    /**
     * Creates a parser for the answer to one command.
     *
     * @param opaque what was sent as {@code O<opaque>}
     * @param maxValueBytes what is larger is a lie, and no memory is given for it
     */
    MetaReplyParser(String opaque, int maxValueBytes) {
        this.opaque = opaque;
        this.maxValueBytes = maxValueBytes;
    }

    /**
     * Goes on with the bytes that have arrived.
     *
     * @return the answer, with the buffer's position after it; {@code null} if the buffer was consumed and more is
     *     needed
     * @throws MalformedReplyException if this is no answer to the command
     */
    @Nullable
    MetaReply parse(ByteBuffer bytes) {
        if (head == null) {
            if (!readLine(bytes)) {
                return null;
            }
            MetaReply reply = parseLine(new String(line, 0, lineLength, StandardCharsets.ISO_8859_1));
            if (reply.code() != Code.VA) {
                return reply;
            }
            head = reply;
        }
        return readValue(bytes, head);
    }

    private boolean readLine(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '\n') {
                if (lineLength == 0 || line[lineLength - 1] != '\r') {
                    throw new MalformedReplyException("a line that does not end in CR LF");
                }
                lineLength--;
                return true;
            }
            if (lineLength == MAX_LINE_BYTES) {
                throw new MalformedReplyException("a line of more than " + MAX_LINE_BYTES + " bytes");
            }
            if (lineLength == line.length) {
                line = Arrays.copyOf(line, line.length * 2);
            }
            line[lineLength++] = next;
        }
        return false;
    }

    private MetaReply parseLine(String text) {
        if (text.equals("ERROR") || text.startsWith("CLIENT_ERROR") || text.startsWith("SERVER_ERROR")) {
            return MetaReply.error(text);
        }
        String[] words = text.split(" +");
        Code code = code(words[0]);
        int firstFlag = 1;
        if (code == Code.VA) {
            if (words.length < 2) {
                throw new MalformedReplyException("a value without its size");
            }
            long size = number(words[1]);
            if (size < 0 || size > maxValueBytes) {
                throw new MalformedReplyException("a value of " + size + " bytes");
            }
            value = new byte[(int) size];
            firstFlag = 2;
        }
        return withFlags(code, words, firstFlag);
    }

    private MetaReply withFlags(Code code, String[] words, int firstFlag) {
        long cas = MetaReply.ABSENT;
        long flags = MetaReply.ABSENT;
        long remaining = MetaReply.ABSENT;
        boolean mine = false;
        for (int i = firstFlag; i < words.length; i++) {
            String token = words[i].substring(1);
            switch (words[i].charAt(0)) {
                case 'c' -> cas = number(token);
                case 'f' -> flags = number(token);
                case 't' -> remaining = number(token);
                case 'O' -> mine = token.equals(opaque);
                default -> throw new MalformedReplyException("a flag that was not asked for");
            }
        }
        if (!mine) {
            throw new MalformedReplyException("the answer to another command");
        }
        return new MetaReply(code, cas, flags, remaining, value, "");
    }

    private @Nullable MetaReply readValue(ByteBuffer bytes, MetaReply reply) {
        byte[] target = value;
        if (target == null) {
            throw new IllegalStateException("an answer with value has no place for it");
        }
        int count = Math.min(target.length - valueLength, bytes.remaining());
        bytes.get(target, valueLength, count);
        valueLength += count;
        while (valueLength == target.length && valueEnd < 2 && bytes.hasRemaining()) {
            if (bytes.get() != (valueEnd == 0 ? '\r' : '\n')) {
                throw new MalformedReplyException("a value that does not end where its size says");
            }
            valueEnd++;
        }
        return valueEnd == 2 ? reply : null;
    }

    private static Code code(String word) {
        return switch (word) {
            case "HD" -> Code.HD;
            case "VA" -> Code.VA;
            case "EN" -> Code.EN;
            case "NF" -> Code.NF;
            case "NS" -> Code.NS;
            case "EX" -> Code.EX;
            default -> throw new MalformedReplyException("an unknown answer");
        };
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new MalformedReplyException("something else where a number belongs");
        }
    }
}
