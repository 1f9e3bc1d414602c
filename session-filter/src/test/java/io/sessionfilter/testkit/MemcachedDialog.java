package io.sessionfilter.testkit;

import io.sessionfilter.testkit.MemcachedModel.Found;
import io.sessionfilter.testkit.MemcachedModel.Mode;
import io.sessionfilter.testkit.MemcachedModel.StoreResult;
import io.sessionfilter.testkit.MemcachedModel.Stored;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Memcached's text protocol over a {@link MemcachedModel}: command lines in, answers out, byte for byte as memcached
 * 1.6.18 gives them, for the commands that session-filter sends and a few more that are handy in a terminal.
 */
final class MemcachedDialog {
    /** What is known to be wrong before a data block is read. */
    private static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";

    static final String VERSION = "1.6.18";
    private static final int MAX_KEY_BYTES = 250;
    private static final int MAX_BLOCK_BYTES = 256 * 1024 * 1024;
    private static final byte[] NO_DATA = {};

    private final MemcachedModel model;

    MemcachedDialog(MemcachedModel model) {
        this.model = model;
    }

    /** How many bytes of data follow this command line, without the end of line; -1 if none do. */
    int dataBytes(String line) {
        String[] words = words(line);
        int at = switch (words[0]) {
            case "ms" -> 2;
            case "set", "add", "replace", "cas" -> 4;
            default -> Integer.MAX_VALUE;
        };
        if (words.length <= at || !isKey(words[1]) || !words[at].matches("\\d{1,9}")) {
            return -1;
        }
        int bytes = Integer.parseInt(words[at]);
        return bytes > MAX_BLOCK_BYTES ? -1 : bytes;
    }

    /**
     * Answers a command.
     *
     * @param data its data block, empty if it has none
     * @return the bytes to send, none for a quiet success
     */
    byte[] answer(String line, byte[] data) {
        String[] words = words(line);
        return switch (words[0]) {
            case "mg" -> metaGet(words);
            case "ms" -> metaSet(words, data);
            case "md" -> metaDelete(words);
            case "mn" -> line("MN");
            case "get" -> get(words, false);
            case "gets" -> get(words, true);
            case "set" -> classicStore(words, data, Mode.SET);
            case "add" -> classicStore(words, data, Mode.ADD);
            case "replace" -> classicStore(words, data, Mode.REPLACE);
            case "cas" -> classicStore(words, data, Mode.SET);
            case "touch" -> touch(words);
            case "delete" -> delete(words);
            case "flush_all" -> flushAll();
            case "version" -> line("VERSION " + VERSION);
            case "stats" -> stats(words);
            case "verbosity" -> line("OK");
            default -> line("ERROR");
        };
    }

    private byte[] metaGet(String[] words) {
        if (words.length < 2) {
            return line("ERROR");
        }
        MetaFlags flags = new MetaFlags(words, 2);
        if (!isKey(words[1])) {
            return line(BAD_FORMAT);
        }
        String complaint = flags.complaint("vcftskTOq");
        if (!complaint.isEmpty()) {
            return line(complaint);
        }
        Optional<Found> found = model.get(words[1]);
        if (found.isEmpty()) {
            return flags.has('q') ? NO_DATA : line("EN" + echo(words[1], flags, ""));
        }
        byte[] value = found.get().value();
        StringBuilder answered = new StringBuilder(flags.has('v') ? "VA " + value.length : "HD");
        // From left to right, as memcached does it: what stands after T sees its effect.
        for (String flag : flags.all()) {
            switch (flag.charAt(0)) {
                case 'T' -> {
                    model.touch(words[1], Long.parseLong(flag.substring(1)));
                    found = model.get(words[1]);
                }
                case 'c' -> answered.append(" c").append(found.map(Found::cas).orElse(0L));
                case 'f' -> answered.append(" f").append(found.map(Found::flags).orElse(0L));
                case 't' ->
                    answered.append(" t")
                            .append(found.map(Found::remainingSeconds).orElse(0L));
                case 's' -> answered.append(" s").append(value.length);
                case 'k' -> answered.append(" k").append(words[1]);
                case 'O' -> answered.append(' ').append(flag);
                default -> {}
            }
        }
        return flags.has('v') ? withBlock(answered.toString(), value) : line(answered.toString());
    }

    private byte[] metaSet(String[] words, byte[] data) {
        if (words.length < 3) {
            return line("ERROR");
        }
        if (!isKey(words[1]) || dataBytes(String.join(" ", words)) < 0) {
            return line(BAD_FORMAT);
        }
        MetaFlags flags = new MetaFlags(words, 3);
        String complaint = flags.complaint("CTFMckOq");
        if (!complaint.isEmpty()) {
            return line(complaint);
        }
        Mode mode;
        switch (flags.token('M')) {
            case "", "S" -> mode = Mode.SET;
            case "E" -> mode = Mode.ADD;
            case "R" -> mode = Mode.REPLACE;
            default -> {
                return line("CLIENT_ERROR invalid mode for ms M token");
            }
        }
        StoreResult result = model.store(
                mode,
                words[1],
                data,
                flags.number('F').orElse(0),
                flags.number('T').orElse(0),
                flags.number('C'));
        if (result.outcome() == Stored.TOO_LARGE) {
            return tooLarge(words[1]);
        }
        if (result.outcome() == Stored.STORED && flags.has('q')) {
            return NO_DATA;
        }
        return line(code(result.outcome()) + echo(words[1], flags, " c" + result.cas()));
    }

    private byte[] metaDelete(String[] words) {
        if (words.length < 2) {
            return line("ERROR");
        }
        if (!isKey(words[1])) {
            return line(BAD_FORMAT);
        }
        MetaFlags flags = new MetaFlags(words, 2);
        String complaint = flags.complaint("CkOq");
        if (!complaint.isEmpty()) {
            return line(complaint.replace("invalid flag", "invalid or duplicate flag")); // a whim of memcached's
        }
        Stored outcome = model.delete(words[1], flags.number('C'));
        boolean quiet = outcome == Stored.STORED && flags.has('q');
        return quiet ? NO_DATA : line(code(outcome) + echo(words[1], flags, ""));
    }

    private byte[] tooLarge(String key) {
        model.delete(key, OptionalLong.empty());
        return line("SERVER_ERROR object too large for cache");
    }

    private static String code(Stored outcome) {
        return switch (outcome) {
            case STORED -> "HD";
            case NOT_STORED -> "NS";
            case EXISTS -> "EX";
            case NOT_FOUND -> "NF";
            case TOO_LARGE -> throw new IllegalArgumentException("answered otherwise");
        };
    }

    /** Key, opaque and cas value, in the order in which they were asked for. */
    private static String echo(String key, MetaFlags flags, String cas) {
        StringBuilder echoed = new StringBuilder();
        for (String flag : flags.all()) {
            switch (flag.charAt(0)) {
                case 'k' -> echoed.append(" k").append(key);
                case 'O' -> echoed.append(' ').append(flag);
                case 'c' -> echoed.append(cas);
                default -> {}
            }
        }
        return echoed.toString();
    }

    private byte[] get(String[] words, boolean withCas) {
        if (words.length < 2) {
            return line("ERROR");
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int i = 1; i < words.length; i++) {
            if (!isKey(words[i])) {
                return line(BAD_FORMAT);
            }
            String key = words[i];
            model.get(key)
                    .ifPresent(found -> answer.writeBytes(withBlock(
                            "VALUE " + key + " " + found.flags() + " " + found.value().length
                                    + (withCas ? " " + found.cas() : ""),
                            found.value())));
        }
        answer.writeBytes(line("END"));
        return answer.toByteArray();
    }

    private byte[] classicStore(String[] words, byte[] data, Mode mode) {
        boolean cas = words[0].equals("cas");
        if (words.length != (cas ? 6 : 5)) {
            return line("ERROR");
        }
        for (int i = 2; i < words.length; i++) {
            if (!words[i].matches("-?\\d{1,18}")) {
                return line(BAD_FORMAT);
            }
        }
        if (dataBytes(String.join(" ", words)) < 0) {
            return line(BAD_FORMAT);
        }
        OptionalLong expected = cas ? OptionalLong.of(Long.parseLong(words[5])) : OptionalLong.empty();
        StoreResult result =
                model.store(mode, words[1], data, Long.parseLong(words[2]), Long.parseLong(words[3]), expected);
        if (result.outcome() == Stored.TOO_LARGE) {
            return mode == Mode.SET ? tooLarge(words[1]) : line("SERVER_ERROR object too large for cache");
        }
        return line(result.outcome().name());
    }

    private byte[] touch(String[] words) {
        if (words.length != 3 || !words[2].matches("-?\\d{1,18}")) {
            return line("ERROR");
        }
        return line(model.touch(words[1], Long.parseLong(words[2])) ? "TOUCHED" : "NOT_FOUND");
    }

    private byte[] delete(String[] words) {
        if (words.length != 2) {
            return line("ERROR");
        }
        return line(model.delete(words[1], OptionalLong.empty()) == Stored.STORED ? "DELETED" : "NOT_FOUND");
    }

    private byte[] flushAll() {
        model.flushAll();
        return line("OK");
    }

    private byte[] stats(String[] words) {
        if (words.length == 1) {
            return line("STAT pid " + model.pid()
                    + "\r\nSTAT uptime " + model.uptimeSeconds()
                    + "\r\nSTAT time " + model.nowSeconds()
                    + "\r\nSTAT version " + VERSION
                    + "\r\nSTAT curr_items " + model.itemCount()
                    + "\r\nSTAT evictions 0\r\nEND");
        }
        return words[1].equals("settings")
                ? line("STAT item_size_max " + model.itemSizeMax() + "\r\nSTAT evictions off\r\nEND")
                : line("END");
    }

    private static boolean isKey(String word) {
        return !word.isEmpty() && word.length() <= MAX_KEY_BYTES;
    }

    private static String[] words(String line) {
        return line.strip().split(" +", -1);
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] withBlock(String head, byte[] value) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream(head.length() + value.length + 4);
        answer.writeBytes(line(head));
        answer.writeBytes(value);
        answer.writeBytes(line(""));
        return answer.toByteArray();
    }
}
