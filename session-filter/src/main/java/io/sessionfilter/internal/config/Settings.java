package io.sessionfilter.internal.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All settings, in the order in which the README lists them. Every name is known from the first release on, so that
 * one that a later release implements is answered by "not yet" and never ignored.
 */
final class Settings {
    static final String MEMCACHED_NODES_ALLOWED =
            "a list, separated by commas or white space, of `<node id>:<host>:<port>`, such as"
                    + " `n1:cache1:11211,n2:[::1]:11211`";

    private static final List<Setting<?>> REGISTERED = new ArrayList<>();

    // Where sessions are stored

    static final Setting<List<MemcachedAddress>> MEMCACHED_NODES = required(
            "memcachedNodes",
            ValueTypes.type(MEMCACHED_NODES_ALLOWED, MemcachedNodesParser::parse),
            "The memcached nodes. A node id is up to 64 letters, digits and underscores; it shows in"
                    + " session ids. Comments `/* ... */` may stand between entries.");
    static final Setting<Set<String>> FAILOVER_NODES = optional(
            "failoverNodes",
            ValueTypes.nodeIds(),
            "none",
            "Nodes on which this app node starts new sessions only when no other is up.");
    static final Setting<Integer> BACKUP_COPIES = optional(
            "backupCopies",
            ValueTypes.backupCopies(),
            "1, with a single node 0",
            "How many more copies of a session are kept, each on another node.");
    static final Setting<StorageKeyPrefix> STORAGE_KEY_PREFIX = now(
            "storageKeyPrefix",
            ValueTypes.type(StorageKeyPrefix.ALLOWED, StorageKeyPrefix::parse),
            "context",
            "What storage keys begin with, so that web applications never meet; see below.");
    static final Setting<Duration> OPERATION_TIMEOUT = now(
            "operationTimeout",
            ValueTypes.duration("1 ms", "1 m"),
            "500 ms",
            "How long a request waits for one answer of a memcached node.");
    static final Setting<Duration> CONNECT_TIMEOUT = now(
            "connectTimeout",
            ValueTypes.duration("1 ms", "1 m"),
            "500 ms",
            "How long connecting to a memcached node may take; no request waits for it.");
    static final Setting<Duration> PROBE_INTERVAL = now(
            "probeInterval",
            ValueTypes.duration("100 ms", "10 m"),
            "1 s",
            "How often each memcached node is asked whether it is well.");
    static final Setting<Integer> BREAKER_THRESHOLD = now(
            "breakerThreshold",
            ValueTypes.wholeNumber(1, 1000),
            "3",
            "After so many timeouts in a row a memcached node is not used until it answers a probe.");
    static final Setting<Integer> MAX_CONCURRENT_OPERATIONS = now(
            "maxConcurrentOperations",
            ValueTypes.wholeNumber(1, 100_000),
            "64",
            "How many operations one memcached node is sent at a time. Others wait for their turn, for a quarter of an `operationTimeout` at most.");
    static final Setting<StoreFailurePolicy> STORE_FAILURE_POLICY = now(
            "storeFailurePolicy",
            ValueTypes.storeFailurePolicy(),
            "local",
            "When a session cannot be stored, or nobody knows whether it exists: `local` goes on with it in this app"
                    + " node's memory, or with a new one, `reject` fails the request (503, or 500 if it is too large).");
    static final Setting<Integer> RESYNC_PER_SECOND = now(
            "resyncPerSecond",
            ValueTypes.wholeNumber(1, 100_000),
            "1000",
            "How many sessions a second an app node copies again to a memcached node that returned.");
    static final Setting<String> MEMCACHED_PROTOCOL = now(
            "memcachedProtocol",
            ValueTypes.memcachedProtocol(),
            "text",
            "The protocol of memcached. `binary` is refused for good: it lacks the meta commands.");
    static final Setting<String> USERNAME =
            notYet("username", "a name", "none", "The user name for memcached nodes that ask for one.");
    static final Setting<String> PASSWORD = notYet("password", "a password", "none", "The password that goes with it.");

    // Who serves a session

    static final Setting<Boolean> STICKY = now(
            "sticky",
            ValueTypes.trueOrFalse(),
            "true",
            "Whether the balancer sends the requests of a session to the app node of its route. With"
                    + " `false` every request that uses its session asks memcached for its state.");
    static final Setting<String> ROUTE = optional(
            "route",
            ValueTypes.route(),
            "the container's own, if it has one",
            "The name of this app node, the last part of session ids, as in Apache's `BalancerMember route=`.");
    static final Setting<Duration> VALIDATE_AFTER = now(
            "validateAfter",
            ValueTypes.duration("0 ms", "1 h"),
            "1 s",
            "With `sticky=true`, for how long this app node trusts its copy of a session before it asks"
                    + " memcached again; `0` asks in every request.");
    static final Setting<Duration> TOUCH_INTERVAL = optional(
            "touchInterval",
            ValueTypes.duration("1 s", "1 h"),
            "a tenth of the session timeout, at most 60 s",
            "How often requests that store nothing renew a session's time to live in memcached: in whole seconds, and at least every half of the session"
                    + " timeout. The same on all app nodes.");
    static final Setting<LockingMode> LOCKING_MODE = now(
            "lockingMode",
            ValueTypes.lockingMode(),
            "none",
            "Which requests have their session to themselves, one after the other; see below. The expression is for the whole of `<method>"
                    + " <URI>?<query>` (of a POST without the query), or of the URI alone.");
    static final Setting<Duration> LOCK_EXPIRATION = now(
            "lockExpiration",
            ValueTypes.durationInSeconds("1 s", "1 h"),
            "5 s",
            "How long the lock of an app node that died lasts; that of a request that runs is renewed.");
    static final Setting<Duration> LOCK_WAIT_TIMEOUT = now(
            "lockWaitTimeout",
            ValueTypes.duration("0 ms", "10 m"),
            "10 s",
            "How long a request waits for the lock of its session. Then it goes on without, as it does when memcached is away.");
    static final Setting<Map<String, String>> ATTRIBUTE_MERGERS = optional(
            "attributeMergers",
            ValueTypes.type(MergerList.ALLOWED, MergerList::parse),
            "none",
            "What makes one value of two that two app nodes have stored of an attribute at the same time; see below. Of an attribute"
                    + " without a merger the later commit wins.");

    // When it is stored

    static final Setting<Boolean> SESSION_BACKUP_ASYNC = now(
            "sessionBackupAsync",
            ValueTypes.trueOrFalse(),
            "false",
            "Whether a response may go out before the session is stored. What is not yet stored is lost"
                    + " if the app node dies; see below. Only with `sticky=true` and `storeFailurePolicy=local`.");
    static final Setting<String> SESSION_BACKUP_TIMEOUT =
            notYet("sessionBackupTimeout", "a duration", "–", "How long storing a session may take in all.");
    static final Setting<Integer> BACKUP_THREAD_COUNT = optional(
            "backupThreadCount",
            ValueTypes.wholeNumber(1, 1000),
            "the number of processors",
            "Threads that store asynchronously.");
    static final Setting<Integer> BACKUP_QUEUE_SIZE = now(
            "backupQueueSize",
            ValueTypes.wholeNumber(1, 1_000_000),
            "10000",
            "How many sessions may wait for these threads; what finds no room is stored before its response.");

    // The session cookie

    static final Setting<Boolean> COOKIE_HTTP_ONLY = now(
            "cookieHttpOnly",
            ValueTypes.trueOrFalse(),
            "true",
            "Whether the session cookie is hidden from scripts (`HttpOnly`).");
    static final Setting<CookieSecure> COOKIE_SECURE = now(
            "cookieSecure",
            ValueTypes.cookieSecure(),
            "auto",
            "Whether the session cookie is sent by HTTPS only (`Secure`); `auto`: when the request came"
                    + " by HTTPS, or the application's own cookie configuration says so.");

    // Attributes

    static final Setting<String> CODEC = now(
            "codec",
            ValueTypes.codec(),
            "java",
            "Which serializer turns attributes into bytes; all but `java` are artifacts of their own. Each app node reads what any"
                    + " codec on its class path has written. See docs/codecs.md.");
    static final Setting<String> TRANSCODER_FACTORY_CLASS = optional(
            "transcoderFactoryClass",
            ValueTypes.transcoderFactory(),
            "none",
            "The old way to choose a `codec`: the JDK's and Kryo's transcoder factories of memcached-session-manager stand for"
                    + " `java` and `kryo`.");
    static final Setting<List<ClassPattern>> ALLOWED_CLASSES = optional(
            "allowedClasses",
            ValueTypes.classPatterns(),
            "none",
            "Classes that sessions may hold, beside those of the JDK's values and collections, the"
                    + " application's own, and well-known session types.");
    static final Setting<UnreadableAttribute> UNREADABLE_ATTRIBUTE = now(
            "unreadableAttribute",
            ValueTypes.unreadableAttribute(),
            "hide",
            "An attribute that this app node cannot decode: `hide` reads as `null`, with one WARN; `fail` throws"
                    + " `UnreadableAttributeException`. Either way the stored bytes stay until the application sets or removes it.");
    static final Setting<Pattern> SESSION_ATTRIBUTE_FILTER = optional(
            "sessionAttributeFilter",
            ValueTypes.regex("whole attribute names"),
            "all",
            "Which attributes are stored; the others stay in this app node's memory.");
    static final Setting<DirtyDetection> DIRTY_DETECTION = now(
            "dirtyDetection",
            ValueTypes.dirtyDetection(),
            "accessed",
            "Which attributes a commit compares with what is stored: those that the request was handed or has set; those that it has"
                    + " set, so that a change in place alone is not stored; or all that this app node has decoded.");
    static final Setting<List<ClassPattern>> IMMUTABLE_CLASSES = optional(
            "immutableClasses",
            ValueTypes.classPatterns(),
            "none",
            "Classes whose instances never change, beside those known as such: they are not compared"
                    + " after they were only read.");
    static final Setting<String> COMPRESSION = now(
            "compression",
            ValueTypes.compression(),
            "none",
            "How attributes are compressed; `lz4` needs `at.yawk.lz4:lz4-java` on the class path. Less than a tenth of gain is not"
                    + " taken. What other app nodes have compressed is read whatever is set here.");
    static final Setting<Integer> COMPRESSION_THRESHOLD = now(
            "compressionThreshold", ValueTypes.attributeBytes(), "2k", "Attributes of fewer bytes are not compressed.");
    static final Setting<String> ENCRYPTION_KEYS = notYet(
            "encryptionKeys",
            "a list of `<key id>:<key>`",
            "none",
            "Keys by which sessions are encrypted in memcached.");

    // This app node

    static final Setting<Boolean> NEAR_CACHE = now(
            "nearCache",
            ValueTypes.onOrOff(),
            "on",
            "Whether this app node keeps sessions in its own memory between requests. With `off` each request that uses its session"
                    + " loads it, and none goes on while memcached is away; what could not be stored is kept all the same.");
    static final Setting<Long> NEAR_CACHE_MAX_BYTES = optional(
            "nearCacheMaxBytes",
            ValueTypes.shareOfHeap(),
            "10 % of the maximum heap",
            "How much memory the sessions kept by this app node may take, by their stored size.");
    static final Setting<Pattern> REQUEST_URI_IGNORE_PATTERN = optional(
            "requestUriIgnorePattern",
            ValueTypes.regex("the whole of `<method> <URI>?<query>` (of a POST without the query)"),
            "none",
            "Requests that get by without their session, such as `GET /shop/static/.*`.");
    static final Setting<List<String>> LISTENERS = optional(
            "listeners",
            ValueTypes.classNames(),
            "none",
            "Session listeners beside those that are registered in the web application and found by themselves: on a container that does not"
                    + " tell them. Made as the container makes them.");
    static final Setting<Boolean> DEVELOPMENT_MODE = now(
            "developmentMode",
            ValueTypes.trueOrFalse(),
            "false",
            "Whether `setAttribute` shows mistakes early: it throws `IllegalArgumentException` for a value that cannot be stored and"
                    + " read again, and warns of one that then is not the same. With `false` such a value stays on this app node, with one"
                    + " WARN for each attribute and class.");
    static final Setting<Boolean> ENABLE_STATISTICS =
            now("enableStatistics", ValueTypes.trueOrFalse(), "true", "Whether counters are kept and shown by JMX.");
    static final Setting<Boolean> ENABLED = now(
            "enabled",
            ValueTypes.trueOrFalse(),
            "true",
            "`false` leaves the sessions to the container. All settings are checked nevertheless.");

    /** All of the above. */
    static final List<Setting<?>> ALL = List.copyOf(REGISTERED);

    /**
     * Names that are no settings but that people who come from memcached-session-manager have, and what to tell
     * them.
     */
    static final Map<String, String> SUPERSEDED = Map.of(
            "copyCollectionsForSerialization",
            "is not needed: a collection that another request changes while it is stored is tried"
                    + " again, and then left to that request to store; leave it out",
            "customConverter",
            "has no place here: what a serializer needs for a special class is given to its codec, see"
                    + " codec and allowedClasses; leave it out",
            "maxInactiveInterval",
            "is not set here: the session timeout is that of web.xml (session-config, session-timeout); leave it out",
            "maxActiveSessions",
            "is not set here: the sessions in memory are bounded by nearCacheMaxBytes; leave it out",
            "processExpiresFrequency",
            "is not needed: memcached itself drops what has expired; leave it out");

    private Settings() {}

    private static <T> Setting<T> required(String name, ValueType<T> type, String meaning) {
        return register(new Setting<>(name, type, "required", false, meaning, true));
    }

    private static <T> Setting<T> now(String name, ValueType<T> type, String defaultValue, String meaning) {
        return register(new Setting<>(name, type, defaultValue, true, meaning, false));
    }

    private static <T> Setting<T> optional(String name, ValueType<T> type, String defaultText, String meaning) {
        return register(new Setting<>(name, type, defaultText, false, meaning, false));
    }

    private static Setting<String> notYet(String name, String allowed, String defaultText, String meaning) {
        return optional(name, ValueTypes.notYet(allowed), defaultText, meaning);
    }

    private static <T> Setting<T> register(Setting<T> setting) {
        REGISTERED.add(setting);
        return setting;
    }
}
