package io.sessionfilter.testkit;

import java.util.OptionalLong;

/** The flags of one meta command, as far as the model knows them. */
final class MetaFlags {
    private final String[] words;
    private final int from;

    MetaFlags(String[] words, int from) {
        this.words = words;
        this.from = from;
    }

    /** The error line for flags that this command does not have; empty if all is well. */
    String complaint(String known) {
        for (int i = from; i < words.length; i++) {
            char flag = words[i].charAt(0);
            if (known.indexOf(flag) < 0) {
                return "CLIENT_ERROR invalid flag";
            }
            if ("TFC".indexOf(flag) >= 0 && !isNumber(words[i].substring(1))) {
                return "CLIENT_ERROR bad token in command line format";
            }
            if (flag == 'O' && words[i].length() > 33) {
                return "CLIENT_ERROR opaque token too long";
            }
        }
        return "";
    }

    boolean has(char flag) {
        for (int i = from; i < words.length; i++) {
            if (words[i].charAt(0) == flag) {
                return true;
            }
        }
        return false;
    }

    OptionalLong number(char flag) {
        String token = token(flag);
        return token.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(token));
    }

    /** What follows the flag; empty if nothing does, or there is no such flag. */
    String token(char flag) {
        for (int i = from; i < words.length; i++) {
            if (words[i].charAt(0) == flag) {
                return words[i].substring(1);
            }
        }
        return "";
    }

    /** All of them, in the order in which they were given, which is the order of their answers. */
    Iterable<String> all() {
        return java.util.Arrays.asList(words).subList(from, words.length);
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d{1,19}");
    }
}
