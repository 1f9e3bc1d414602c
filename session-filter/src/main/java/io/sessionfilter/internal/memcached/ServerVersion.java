package io.sessionfilter.internal.memcached;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A memcached version.
 *
 * @param text as the server tells it
 * @param supported whether it has what is needed; {@code true} too if no number can be made out, for it has answered a
 *     meta command
 */
record ServerVersion(String text, boolean supported) {
    /** The oldest version whose meta commands answer as expected. */
    static final String FLOOR = "1.6.18";

    static final ServerVersion UNKNOWN = new ServerVersion("unknown", true);

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");
    private static final String ANSWER = "VERSION ";

    /** Whether a line answers the command {@code version}. */
    static boolean isAnswer(String line) {
        return line.startsWith(ANSWER);
    }

    /** Reads the answer to the command {@code version}, such as {@code VERSION 1.6.18_managed}. */
    static ServerVersion of(String line) {
        String text = isAnswer(line) ? line.substring(ANSWER.length()).strip() : "";
        if (text.isEmpty()) {
            return UNKNOWN;
        }
        Matcher numbers = NUMBERS.matcher(text);
        return new ServerVersion(text, !numbers.matches() || atLeastFloor(numbers));
    }

    private static boolean atLeastFloor(Matcher numbers) {
        int[] floor = {1, 6, 18};
        for (int i = 0; i < floor.length; i++) {
            int number = Integer.parseInt(numbers.group(i + 1));
            if (number != floor[i]) {
                return number > floor[i];
            }
        }
        return true;
    }

    /** Why this version is of no use, as a sentence's end. */
    String refusal() {
        return "it is " + this + ", which lacks meta commands; the oldest version that has them all is memcached "
                + FLOOR;
    }

    @Override
    public String toString() {
        return "memcached " + text;
    }
}
