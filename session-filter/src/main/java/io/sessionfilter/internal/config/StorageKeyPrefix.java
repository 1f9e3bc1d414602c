package io.sessionfilter.internal.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a web application's storage keys begin with, so that applications which share memcached nodes never meet.
 *
 * <p>The setting is a list of tokens. The prefix is the value of each, followed by a colon: {@code context,host} of
 * {@code /shop} on {@code www.example.com} gives {@code /shop:www.example.com:}, and the storage key is the prefix
 * and the session key. In a value, each byte of UTF-8 other than {@code A-Z a-z 0-9 _ . ~ / -} is written as {@code
 * %} and two hexadecimal digits. So a prefix is printable ASCII; equal prefixes of one setting mean equal values;
 * and as no session key has a colon, no prefix with a key looks like another one with another key. A prefix longer
 * than {@value #MAX_LENGTH} characters is replaced by {@code #}, 32 hexadecimal digits of its SHA-256, and a colon:
 * memcached takes keys of up to 250 bytes.
 *
 * <p>The colon is memcached's own default delimiter of key prefixes: {@code stats detail} counts by application
 * without more ado.
 */
public final class StorageKeyPrefix {
    /** Leaves 100 bytes: a session key has at most 64, and what else is stored under a session may add a word. */
    static final int MAX_LENGTH = 150;

    static final String ALLOWED =
            "a list, separated by commas, of `static:<text>`, `host`, `host.hash`, `context`, `context.hash` and"
                    + " `webappVersion`";

    private static final String UNESCAPED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.~/-";

    private enum Kind {
        STATIC,
        HOST,
        HOST_HASH,
        CONTEXT,
        CONTEXT_HASH,
        WEBAPP_VERSION
    }

    private record Token(Kind kind, String written, String staticText) {}

    private final List<Token> tokens;

    private StorageKeyPrefix(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    static StorageKeyPrefix parse(String text) throws InvalidValueException {
        List<Token> tokens = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String written : text.split(",", -1)) {
            try {
                tokens.add(parseToken(written.strip()));
            } catch (InvalidValueException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException(problems);
        }
        return new StorageKeyPrefix(tokens);
    }

    private static Token parseToken(String written) throws InvalidValueException {
        if (written.startsWith("static:") && written.length() > "static:".length()) {
            return new Token(Kind.STATIC, written, written.substring("static:".length()));
        }
        Kind kind = switch (written) {
            case "host" -> Kind.HOST;
            case "host.hash" -> Kind.HOST_HASH;
            case "context" -> Kind.CONTEXT;
            case "context.hash" -> Kind.CONTEXT_HASH;
            case "webappVersion" -> Kind.WEBAPP_VERSION;
            default -> throw InvalidValueException.mustBe(ALLOWED, written);
        };
        return new Token(kind, written, "");
    }

    /**
     * The prefix of one web application.
     *
     * @param contextPath as the container gives it: empty for the root application, which counts as {@code /}
     * @param host the name of the virtual host; empty if it has none
     * @param webappVersion the version that the container knows the application by; empty if it has none
     * @return 1 to {@value #MAX_LENGTH} characters of printable ASCII without space, the last a colon
     */
    public String prefixOf(String contextPath, String host, String webappVersion) {
        String context = contextPath.isEmpty() ? "/" : contextPath;
        StringBuilder prefix = new StringBuilder();
        for (Token token : tokens) {
            String value = switch (token.kind()) {
                case STATIC -> token.staticText();
                case HOST -> host;
                case HOST_HASH -> sha256(host).substring(0, 16);
                case CONTEXT -> context;
                case CONTEXT_HASH -> sha256(context).substring(0, 16);
                case WEBAPP_VERSION -> webappVersion;
            };
            prefix.append(escaped(value)).append(':');
        }
        return prefix.length() <= MAX_LENGTH
                ? prefix.toString()
                : "#" + sha256(prefix.toString()).substring(0, 32) + ":";
    }

    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (UNESCAPED.indexOf(b) >= 0) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HexFormat.of().toHexDigits(b).toUpperCase(Locale.ROOT));
            }
        }
        return escaped.toString();
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StorageKeyPrefix prefix && prefix.tokens.equals(tokens);
    }

    @Override
    public int hashCode() {
        return tokens.hashCode();
    }

    /** The tokens as they are written in the setting. */
    @Override
    public String toString() {
        return tokens.stream().map(Token::written).collect(Collectors.joining(","));
    }
}
