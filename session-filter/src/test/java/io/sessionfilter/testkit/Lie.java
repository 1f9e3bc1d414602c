package io.sessionfilter.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a peer that is no good memcached does instead of answering: for tests of how a client takes it. */
@FunctionalInterface
public interface Lie {
    /** No lie. */
    Lie NONE = (command, honest) -> Answer.of(honest);

    /**
     * Decides about one answer. Called by many threads.
     *
     * @param command the command line
     * @param honest what memcached would answer
     * @return what to do instead
     */
    Answer instead(String command, byte[] honest);

    /**
     * What a peer does.
     *
     * @param bytes what it sends, may be empty
     * @param thenCloses whether it closes the connection after that
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(byte[] bytes, boolean thenCloses) {
        /**
         * Sends and goes on.
         *
         * @param bytes what to send
         * @return the answer
         */
        public static Answer of(byte[] bytes) {
            return new Answer(bytes, false);
        }

        /**
         * Sends and goes on.
         *
         * @param text what to send, ends of lines included
         * @return the answer
         */
        public static Answer of(String text) {
            return of(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /**
     * Lies about items, but is honest in all else, so that probes find nothing.
     *
     * @return the same lie for {@code mg}, {@code ms} and {@code md} only
     */
    default Lie aboutItems() {
        return (command, honest) -> command.matches("m[gsd] .*") ? instead(command, honest) : Answer.of(honest);
    }

    /**
     * Sends something else.
     *
     * @param text what to send, ends of lines included
     * @return the lie
     */
    static Lie says(String text) {
        return (command, honest) -> Answer.of(text);
    }

    /**
     * Reads and says nothing.
     *
     * @return the lie
     */
    static Lie silence() {
        return says("");
    }

    /**
     * Sends the beginning of the answer, and never the rest.
     *
     * @return the lie
     */
    static Lie half() {
        return (command, honest) -> Answer.of(Arrays.copyOf(honest, honest.length / 2));
    }

    /**
     * Sends the beginning of the answer and closes the connection: in the middle of a value, if there is one.
     *
     * @return the lie
     */
    static Lie halfAndClose() {
        return (command, honest) -> new Answer(Arrays.copyOf(honest, honest.length / 2), true);
    }

    /**
     * Sends the answer twice.
     *
     * @return the lie
     */
    static Lie twice() {
        return (command, honest) -> {
            byte[] both = Arrays.copyOf(honest, honest.length * 2);
            System.arraycopy(honest, 0, both, honest.length, honest.length);
            return Answer.of(both);
        };
    }

    /**
     * Sends the answer as if it were that to another command.
     *
     * @return the lie
     */
    static Lie wrongOpaque() {
        return (command, honest) -> {
            String text = new String(honest, StandardCharsets.ISO_8859_1);
            return Answer.of(text.replaceFirst(" O(\\d+)", " O9$1"));
        };
    }
}
