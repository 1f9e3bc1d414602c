package io.sessionfilter.internal.config;

import io.sessionfilter.SessionFilterConfigException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one filter is configured: checked, typed, immutable. The settings' meanings, defaults and limits are in the
 * README's table, which is {@link Settings}.
 *
 * @param memcachedNodes at least one; node ids are unique, and so are host and port
 * @param failoverNodes some of their ids
 * @param backupCopies less than there are nodes
 * @param route of this app node, {@code null} if the container is to say
 * @param validateAfter zero: a near-cache copy is always validated
 * @param touchInterval {@code null}: it follows from the session timeout
 * @param attributeMergers names of classes, by the names of the attributes that they merge; that there are such classes is not known yet
 * @param codec the name of one; that there is such a codec is not known yet
 * @param compression {@code none}, or the name of one in lower case
 * @param sessionAttributeFilter to be matched by whole attribute names; {@code null}: all are stored
 * @param requestUriIgnorePattern to be matched by the whole of {@code METHOD URI?query}; {@code null}: none is ignored
 */
public record SessionFilterConfig(
        List<MemcachedAddress> memcachedNodes,
        Set<String> failoverNodes,
        int backupCopies,
        StorageKeyPrefix storageKeyPrefix,
        Duration operationTimeout,
        Duration connectTimeout,
        Duration probeInterval,
        int breakerThreshold,
        int maxConcurrentOperations,
        StoreFailurePolicy storeFailurePolicy,
        int resyncPerSecond,
        boolean sticky,
        @Nullable String route,
        Duration validateAfter,
        @Nullable Duration touchInterval,
        LockingMode lockingMode,
        Duration lockExpiration,
        Duration lockWaitTimeout,
        Map<String, String> attributeMergers,
        boolean sessionBackupAsync,
        int backupThreadCount,
        int backupQueueSize,
        boolean cookieHttpOnly,
        CookieSecure cookieSecure,
        String codec,
        List<ClassPattern> allowedClasses,
        UnreadableAttribute unreadableAttribute,
        @Nullable Pattern sessionAttributeFilter,
        DirtyDetection dirtyDetection,
        List<ClassPattern> immutableClasses,
        String compression,
        int compressionThreshold,
        boolean nearCache,
        long nearCacheMaxBytes,
        @Nullable Pattern requestUriIgnorePattern,
        List<String> listeners,
        boolean developmentMode,
        boolean enableStatistics,
        boolean enabled) {

    public SessionFilterConfig {
        memcachedNodes = List.copyOf(memcachedNodes);
        failoverNodes = Set.copyOf(failoverNodes);
        allowedClasses = List.copyOf(allowedClasses);
        attributeMergers = Map.copyOf(attributeMergers);
        immutableClasses = List.copyOf(immutableClasses);
        listeners = List.copyOf(listeners);
    }

    /**
     * Reads a list of memcached nodes that comes later than the configuration.
     *
     * @param list in the form of the setting {@code memcachedNodes}
     * @throws SessionFilterConfigException if anything is wrong; the message has one line for each problem
     */
    public static List<MemcachedAddress> memcachedNodes(String list) {
        try {
            return MemcachedNodesParser.parse(list);
        } catch (InvalidValueException e) {
            throw new SessionFilterConfigException(e.problems().stream()
                    .map(problem -> "memcachedNodes: " + problem)
                    .collect(Collectors.joining("\n")));
        }
    }

    /**
     * Reads, checks and completes what was configured.
     *
     * @throws SessionFilterConfigException if anything is wrong; the message has one line for each problem
     */
    public static SessionFilterConfig read(SettingSources sources) {
        SettingValues values = SettingValues.read(sources);
        return new SessionFilterConfig(
                values.get(Settings.MEMCACHED_NODES),
                values.find(Settings.FAILOVER_NODES).orElse(Set.of()),
                SettingRules.backupCopies(values),
                values.get(Settings.STORAGE_KEY_PREFIX),
                values.get(Settings.OPERATION_TIMEOUT),
                values.get(Settings.CONNECT_TIMEOUT),
                values.get(Settings.PROBE_INTERVAL),
                values.get(Settings.BREAKER_THRESHOLD),
                values.get(Settings.MAX_CONCURRENT_OPERATIONS),
                values.get(Settings.STORE_FAILURE_POLICY),
                values.get(Settings.RESYNC_PER_SECOND),
                values.get(Settings.STICKY),
                values.find(Settings.ROUTE).orElse(null),
                values.get(Settings.VALIDATE_AFTER),
                values.find(Settings.TOUCH_INTERVAL).orElse(null),
                values.get(Settings.LOCKING_MODE),
                values.get(Settings.LOCK_EXPIRATION),
                values.get(Settings.LOCK_WAIT_TIMEOUT),
                values.find(Settings.ATTRIBUTE_MERGERS).orElse(Map.of()),
                values.get(Settings.SESSION_BACKUP_ASYNC),
                values.find(Settings.BACKUP_THREAD_COUNT)
                        .orElse(Runtime.getRuntime().availableProcessors()),
                values.get(Settings.BACKUP_QUEUE_SIZE),
                values.get(Settings.COOKIE_HTTP_ONLY),
                values.get(Settings.COOKIE_SECURE),
                SettingRules.codec(values),
                values.find(Settings.ALLOWED_CLASSES).orElse(List.of()),
                values.get(Settings.UNREADABLE_ATTRIBUTE),
                values.find(Settings.SESSION_ATTRIBUTE_FILTER).orElse(null),
                values.get(Settings.DIRTY_DETECTION),
                values.find(Settings.IMMUTABLE_CLASSES).orElse(List.of()),
                values.get(Settings.COMPRESSION),
                values.get(Settings.COMPRESSION_THRESHOLD),
                values.get(Settings.NEAR_CACHE),
                values.find(Settings.NEAR_CACHE_MAX_BYTES)
                        .orElse(Runtime.getRuntime().maxMemory() / 10),
                values.find(Settings.REQUEST_URI_IGNORE_PATTERN).orElse(null),
                values.find(Settings.LISTENERS).orElse(List.of()),
                values.get(Settings.DEVELOPMENT_MODE),
                values.get(Settings.ENABLE_STATISTICS),
                values.get(Settings.ENABLED));
    }
}
