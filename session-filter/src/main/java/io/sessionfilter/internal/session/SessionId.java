package io.sessionfilter.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * What a client sends: {@code <key>-<node id>.<route>}, such as {@code Zk3q9...-n1.jvm1}; either suffix may be absent.
 *
 * <p>Only the key identifies; node id and route are hints for people and balancers. Exactly one dot at most, since Apache takes all after
 * the first dot as the route. Immutable.
 *
 * @param key the random part: letters and digits, {@value #MIN_KEY_LENGTH} to {@value #MAX_KEY_LENGTH} of them
 * @param node the memcached node that served last as the first one; {@code null}: none given
 * @param route the app node that served last; {@code null}: none given
 */
public record SessionId(
        String key, @Nullable String node, @Nullable String route) {
    static final int MIN_KEY_LENGTH = 20;
    static final int MAX_KEY_LENGTH = 64;

    /** Longer than that is no id of ours: 64 of key, and as much for node id and route each. */
    static final int MAX_LENGTH = 192;

    public SessionId {
        if (!isKey(key, 0, key.length())) {
            throw new IllegalArgumentException("not a session key: length " + key.length());
        }
        if (node != null && !isWord(node, 0, node.length(), false)) {
            throw new IllegalArgumentException("not a node id: " + node);
        }
        if (route != null && !isWord(route, 0, route.length(), true)) {
            throw new IllegalArgumentException("not a route: " + route);
        }
    }

    /**
     * Parses what a client sent, strictly.
     *
     * @return the id, or {@code null} if the text is none: whatever it is then, it is not looked up, kept or logged
     */
    public static @Nullable SessionId parse(String text) {
        String key = keyOf(text);
        if (key == null) {
            return null;
        }
        int dot = text.indexOf('.');
        int end = dot < 0 ? text.length() : dot;
        return new SessionId(
                key,
                key.length() < end ? text.substring(key.length() + 1, end) : null,
                dot >= 0 ? text.substring(dot + 1) : null);
    }

    /** As {@link #parse}, but the key alone: most requests need no more. */
    public static @Nullable String keyOf(String text) {
        int length = text.length();
        if (length < MIN_KEY_LENGTH || length > MAX_LENGTH) {
            return null;
        }
        int dot = text.indexOf('.');
        int end = dot < 0 ? length : dot;
        int hyphen = text.indexOf('-');
        boolean hasNode = hyphen >= 0 && hyphen < end;
        int keyEnd = hasNode ? hyphen : end;
        return isKey(text, 0, keyEnd)
                        && (!hasNode || isWord(text, hyphen + 1, end, false))
                        && (dot < 0 || isWord(text, dot + 1, length, true))
                ? text.substring(0, keyEnd)
                : null;
    }

    /** Whether the text is what {@link #toString()} gives for an id of these parts. */
    static boolean isText(String text, String key, String node, @Nullable String route) {
        int dot = key.length() + 1 + node.length();
        return text.length() == dot + (route == null ? 0 : 1 + route.length())
                && text.startsWith(key)
                && text.charAt(key.length()) == '-'
                && text.startsWith(node, key.length() + 1)
                && (route == null || (text.charAt(dot) == '.' && text.endsWith(route)));
    }

    /** As it is sent to the client. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(MAX_LENGTH / 2).append(key);
        if (node != null) {
            text.append('-').append(node);
        }
        if (route != null) {
            text.append('.').append(route);
        }
        return text.toString();
    }

    private static boolean isKey(String text, int start, int end) {
        if (end - start < MIN_KEY_LENGTH || end - start > MAX_KEY_LENGTH) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (!isLetterOrDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(String text, int start, int end, boolean hyphenAllowed) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '_' && !(hyphenAllowed && c == '-')) {
                return false;
            }
        }
        return end > start;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
