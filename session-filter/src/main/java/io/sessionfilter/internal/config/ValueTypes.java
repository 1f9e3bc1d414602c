package io.sessionfilter.internal.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The kinds of values that settings have, save those with a class of their own. */
final class ValueTypes {
    private static final Pattern ROUTE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9_]{1,64}");

    private static final Pattern CODEC_NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** To our codec; to nothing those that have none. */
    private static final Map<String, String> TRANSCODER_FACTORIES = Map.of(
            "de.javakaffee.web.msm.JavaSerializationTranscoderFactory", "java",
            "de.javakaffee.web.msm.serializer.kryo.KryoTranscoderFactory", "kryo",
            "de.javakaffee.web.msm.serializer.javolution.JavolutionTranscoderFactory", "",
            "de.javakaffee.web.msm.serializer.xstream.XStreamTranscoderFactory", "",
            "de.javakaffee.web.msm.serializer.json.JSONTranscoderFactory", "");

    private ValueTypes() {}

    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws InvalidValueException;
    }

    static <T> ValueType<T> type(String allowed, Parser<T> parser) {
        return new ValueType<>() {
            @Override
            public String allowed() {
                return allowed;
            }

            @Override
            public T parse(String text) throws InvalidValueException {
                return parser.parse(text);
            }
        };
    }

    static ValueType<Boolean> trueOrFalse() {
        String allowed = "`true` or `false`";
        return type(allowed, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw InvalidValueException.mustBe(allowed, text);
        });
    }

    static ValueType<StoreFailurePolicy> storeFailurePolicy() {
        String allowed = "`local` or `reject`";
        return type(allowed, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "local" -> StoreFailurePolicy.LOCAL;
            case "reject" -> StoreFailurePolicy.REJECT;
            default -> throw InvalidValueException.mustBe(allowed, text);
        });
    }

    /** That there are so many nodes is checked with the others. */
    static ValueType<Integer> backupCopies() {
        String allowed = "a whole number from 0 to the number of nodes less 1, at most 7";
        return type(allowed, text -> {
            if (!text.matches("0*[0-7]")) {
                throw InvalidValueException.mustBe(allowed, text);
            }
            return Integer.parseInt(text);
        });
    }

    /** That there are such nodes is checked with the others. */
    static ValueType<Set<String>> nodeIds() {
        String allowed = "a list, separated by commas or white space, of node ids of `memcachedNodes`, not all";
        return type(allowed, text -> {
            Set<String> ids = new TreeSet<>(Lists.split(text));
            for (String id : ids) {
                if (!NODE_ID.matcher(id).matches()) {
                    throw InvalidValueException.mustBe(allowed, text);
                }
            }
            return ids;
        });
    }

    static ValueType<CookieSecure> cookieSecure() {
        String allowed = "`auto`, `true` or `false`";
        return type(allowed, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> CookieSecure.AUTO;
            case "true" -> CookieSecure.TRUE;
            case "false" -> CookieSecure.FALSE;
            default -> throw InvalidValueException.mustBe(allowed, text);
        });
    }

    static ValueType<Integer> wholeNumber(int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        return type(allowed, text -> {
            // Nine digits always fit; more are too large for every setting.
            if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
                throw InvalidValueException.mustBe(allowed, text);
            }
            return Integer.parseInt(text);
        });
    }

    /** A number without a unit counts milliseconds, as in memcached-session-manager. */
    static ValueType<Duration> duration(String min, String max) {
        return duration(min, max, "milliseconds", "ms");
    }

    /** A number without a unit counts seconds: so it was where the setting comes from. */
    static ValueType<Duration> durationInSeconds(String min, String max) {
        return duration(min, max, "**seconds**", "s");
    }

    private static ValueType<Duration> duration(String min, String max, String plain, String plainUnit) {
        Duration least = Quantities.duration(min).orElseThrow();
        Duration most = Quantities.duration(max).orElseThrow();
        String allowed = "a duration from " + min + " to " + max + " (units `ms`, `s`, `m`, `h`; a plain number counts "
                + plain + ")";
        return type(
                allowed,
                text -> Quantities.duration(text.matches("[0-9]+") ? text + plainUnit : text)
                        .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0)
                        .orElseThrow(() -> InvalidValueException.mustBe(allowed, text)));
    }

    /** A number of bytes that leaves some of this JVM's heap to others. */
    static ValueType<Long> shareOfHeap() {
        String allowed = "a number of bytes from `1m` to less than the maximum heap; `k`, `m` and `g` stand"
                + " for 1024, 1024² and 1024³";
        return type(
                allowed,
                text -> Quantities.bytes(text)
                        .filter(value -> value >= 1024 * 1024
                                && value < Runtime.getRuntime().maxMemory())
                        .orElseThrow(() -> InvalidValueException.mustBe(
                                allowed + " (here " + Runtime.getRuntime().maxMemory() + ")", text)));
    }

    static ValueType<Pattern> regex(String matchedAgainst) {
        return type("a regular expression of `java.util.regex` for " + matchedAgainst, ValueTypes::pattern);
    }

    private static Pattern pattern(String text) throws InvalidValueException {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            String position = e.getIndex() < 0 ? "" : " near index " + e.getIndex();
            throw new InvalidValueException(
                    "is not a regular expression: " + e.getDescription() + position + " of " + Quoted.text(text));
        }
    }

    static ValueType<String> route() {
        String allowed = "1 to 64 letters, digits, hyphens and underscores";
        return type(allowed, text -> {
            if (!ROUTE.matcher(text).matches()) {
                String hint =
                        text.indexOf('.') < 0 ? "" : "; to balancers the route is all after the first dot of an id";
                throw new InvalidValueException("must be " + allowed + ", but was " + Quoted.text(text) + hint);
            }
            return text;
        });
    }

    static ValueType<List<ClassPattern>> classPatterns() {
        return type(
                "a list, separated by commas or white space, of classes `com.acme.Cart`, packages"
                        + " `com.acme.*` and packages"
                        + " with all below them `com.acme.**`",
                ClassPattern::parseList);
    }

    static ValueType<List<String>> classNames() {
        return type("a list, separated by commas or white space, of classes `com.acme.Audit`", text -> {
            List<ClassPattern> classes = ClassPattern.parseList(text);
            for (ClassPattern pattern : classes) {
                if (pattern.scope() != ClassPattern.Scope.CLASS) {
                    throw new InvalidValueException(
                            Quoted.text(pattern.toString()) + " is a package; name the classes one by one");
                }
            }
            return classes.stream().map(ClassPattern::name).toList();
        });
    }

    static ValueType<LockingMode> lockingMode() {
        String allowed = "`none`, `all`, `auto` (means `all`) or `uriPattern:<regular expression>`";
        String prefix = "uripattern:";
        return type(allowed, text -> {
            String name = text.toLowerCase(Locale.ROOT);
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                return new LockingMode(pattern(text.substring(prefix.length())), false);
            }
            return switch (name) {
                case "none" -> LockingMode.NONE;
                case "all" -> LockingMode.ALL;
                case "auto" -> LockingMode.AUTO;
                default -> throw InvalidValueException.mustBe(allowed, text);
            };
        });
    }

    static ValueType<DirtyDetection> dirtyDetection() {
        String allowed = "`accessed`, `set` or `all`";
        return type(allowed, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "accessed" -> DirtyDetection.ACCESSED;
            case "set" -> DirtyDetection.SET;
            case "all" -> DirtyDetection.ALL;
            default -> throw InvalidValueException.mustBe(allowed, text);
        });
    }

    static ValueType<Boolean> onOrOff() {
        String allowed = "`on` or `off`";
        return type(allowed, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw InvalidValueException.mustBe(allowed, text);
        });
    }

    static ValueType<UnreadableAttribute> unreadableAttribute() {
        String allowed = "`hide` or `fail`";
        return type(allowed, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "hide" -> UnreadableAttribute.HIDE;
            case "fail" -> UnreadableAttribute.FAIL;
            default -> throw InvalidValueException.mustBe(allowed, text);
        });
    }

    static ValueType<String> compression() {
        String allowed = "`none`, `lz4` or `deflate`";
        return type(allowed, text -> {
            String name = text.toLowerCase(Locale.ROOT);
            if (!Set.of("none", "lz4", "deflate").contains(name)) {
                throw InvalidValueException.mustBe(allowed, text);
            }
            return name;
        });
    }

    static ValueType<Integer> attributeBytes() {
        String allowed = "a number of bytes up to `128m`; `k` and `m` stand for 1024 and 1024²";
        return type(
                allowed,
                text -> Quantities.bytes(text)
                        .filter(value -> value <= 128 << 20)
                        .map(Long::intValue)
                        .orElseThrow(() -> InvalidValueException.mustBe(allowed, text)));
    }

    /** Whether there is such a codec shows when it is looked for, as applications may bring their own. */
    static ValueType<String> codec() {
        String allowed = "`java`, `kryo`, `fst`, `fory` or the name of a codec of your own";
        return type(allowed, text -> {
            String name = text.toLowerCase(Locale.ROOT);
            if (!CODEC_NAME.matcher(name).matches()) {
                throw InvalidValueException.mustBe(allowed, text);
            }
            return name;
        });
    }

    /** The codec that a transcoder factory of memcached-session-manager stands for. */
    static ValueType<String> transcoderFactory() {
        String allowed = "the name of a transcoder factory of memcached-session-manager";
        return type(allowed, text -> {
            String codec = TRANSCODER_FACTORIES.get(text);
            if (codec == null) {
                throw InvalidValueException.mustBe(allowed, text);
            }
            if (codec.isEmpty()) {
                throw new InvalidValueException("the serializer of " + Quoted.text(text)
                        + " has no successor here; leave this setting out, for codec=java, or choose another codec");
            }
            return codec;
        });
    }

    static ValueType<String> memcachedProtocol() {
        String allowed = "`text`";
        return type(allowed, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "text" -> "text";
            case "binary" ->
                throw new InvalidValueException("the value \"binary\" is not supported, only `text` is:"
                        + " sessions are kept by memcached's meta commands, which its binary protocol does not have");
            default -> throw InvalidValueException.mustBe(allowed, text);
        });
    }

    /** Of a setting that no release implements yet. What was given is not even shown: it may be a password. */
    static ValueType<String> notYet(String allowed) {
        return new ValueType<>() {
            @Override
            public String allowed() {
                return allowed;
            }

            @Override
            public boolean isImplemented() {
                return false;
            }

            @Override
            public String parse(String text) throws InvalidValueException {
                throw new InvalidValueException(
                        "this setting is not yet implemented; leave it out with this release of session-filter");
            }
        };
    }
}
