package io.sessionfilter;

import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.internal.codec.ApplicationCodecContext;
import io.sessionfilter.internal.codec.ClassAllowList;
import io.sessionfilter.internal.codec.ClassPatterns;
import io.sessionfilter.internal.codec.InstalledCodecs;
import io.sessionfilter.internal.config.ClassPattern;
import io.sessionfilter.internal.config.DirtyDetection;
import io.sessionfilter.internal.config.MemcachedAddress;
import io.sessionfilter.internal.config.SessionFilterConfig;
import io.sessionfilter.internal.config.UnreadableAttribute;
import io.sessionfilter.internal.memcached.MemcachedNodes;
import io.sessionfilter.internal.memcached.NodeSettings;
import io.sessionfilter.internal.metrics.JmxRegistration;
import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.metrics.MetricsBean;
import io.sessionfilter.internal.record.Compression;
import io.sessionfilter.internal.servlet.listener.ApplicationLoader;
import io.sessionfilter.internal.session.AsyncSaves;
import io.sessionfilter.internal.session.AttributeCoding;
import io.sessionfilter.internal.session.ComparedValues;
import io.sessionfilter.internal.session.ImmutableTypes;
import io.sessionfilter.internal.session.NearCache;
import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionLock;
import io.sessionfilter.internal.session.SessionLocks;
import io.sessionfilter.internal.session.SessionManager;
import io.sessionfilter.internal.session.SessionObserver;
import io.sessionfilter.internal.session.SessionUse;
import io.sessionfilter.internal.session.StoredSessionManager;
import io.sessionfilter.internal.session.TrustPolicy;
import io.sessionfilter.internal.session.ValueCoding;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeId;
import io.sessionfilter.internal.store.ReplicatedStore;
import io.sessionfilter.internal.store.Ring;
import io.sessionfilter.internal.store.TimeToLive;
import io.sessionfilter.internal.time.TimeSource;
import io.sessionfilter.merge.AttributeMerger;
import jakarta.servlet.ServletContext;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one web application with all that they stand on, from the near-cache down to the connections: started together, and closed
 * together.
 */
final class StoredSessions implements SessionManager {
    private static final Logger log = LoggerFactory.getLogger(StoredSessions.class);

    /** A value larger than any memcached stores need not be written to the end to know that. */
    private static final int MAX_ATTRIBUTE_BYTES = 128 * 1024 * 1024;

    private final SessionManager manager;
    private final @Nullable SessionLocks locks;
    private final InstalledCodecs codecs;
    private final MemcachedNodeList nodes;
    private final BackgroundTasks tasks;
    private final List<JmxRegistration> shownInJmx;

    private StoredSessions(
            SessionManager manager,
            @Nullable SessionLocks locks,
            InstalledCodecs codecs,
            MemcachedNodeList nodes,
            BackgroundTasks tasks,
            List<JmxRegistration> shownInJmx) {
        this.manager = manager;
        this.locks = locks;
        this.codecs = codecs;
        this.nodes = nodes;
        this.tasks = tasks;
        this.shownInJmx = shownInJmx;
    }

    /**
     * Connects to the memcached nodes; that one cannot be reached is no obstacle.
     *
     * @param route of this app node; {@code null}: it has none
     * @param listeners of the web application
     * @throws SessionFilterConfigException if the codec cannot work here, or there is no such merger
     */
    static StoredSessions start(
            SessionFilterConfig config,
            @Nullable String route,
            String filterName,
            ServletContext context,
            SessionObserver listeners) {
        Compression compression = compression(config);
        ClassLoader loader = ApplicationLoader.of(context);
        Map<String, AttributeMerger> mergers = InstalledMergers.find(config.attributeMergers(), loader);
        InstalledCodecs codecs = codecs(config, loader);
        String keyPrefix = config.storageKeyPrefix()
                .prefixOf(context.getContextPath(), context.getVirtualServerName(), webappVersion(context));
        TimeSource time = TimeSource.SYSTEM;
        Metrics metrics = new Metrics();
        NearCache nearCache = config.nearCache()
                ? new NearCache(config.nearCacheMaxBytes(), time)
                : NearCache.off(config.nearCacheMaxBytes(), time);
        TimeToLive timeToLive = new TimeToLive(config.operationTimeout(), config.touchInterval());
        Map<MemcachedAddress, MemcachedNode> nodes = new LinkedHashMap<>();
        for (MemcachedAddress address : config.memcachedNodes()) {
            nodes.put(address, MemcachedNodes.connect(settings(address, config), time));
        }
        BackgroundTasks tasks = new BackgroundTasks(filterName, loader);
        ReplicatedStore store = new ReplicatedStore(
                new Ring(List.copyOf(nodes.values())),
                new ReplicatedStore.Settings(
                        1 + config.backupCopies(),
                        config.failoverNodes().stream().map(NodeId::new).collect(Collectors.toSet()),
                        keyPrefix,
                        timeToLive,
                        config.validateAfter(),
                        config.resyncPerSecond()),
                time,
                new SecureRandom(),
                () -> ThreadLocalRandom.current().nextLong(),
                tasks,
                metrics);
        AsyncSaves asyncSaves = config.sessionBackupAsync()
                ? new AsyncSaves(config.backupQueueSize(), saveThreads(config, filterName, loader), time)
                : null;
        ImmutableTypes immutable = new ImmutableTypes(patterns(config.immutableClasses()));
        StoredSessionManager manager = new StoredSessionManager(
                store,
                nearCache,
                new AttributeCoding(
                        new ValueCoding(
                                codecs.chosen(),
                                codecs.all(),
                                compression,
                                config.compressionThreshold(),
                                MAX_ATTRIBUTE_BYTES),
                        immutable::isImmutable,
                        config.sessionAttributeFilter(),
                        mergers,
                        new AttributeCoding.Options(
                                config.developmentMode(),
                                config.unreadableAttribute() == UnreadableAttribute.FAIL,
                                compared(config.dirtyDetection())),
                        metrics,
                        listeners),
                new TrustPolicy(config.sticky(), route, config.validateAfter()),
                timeToLive,
                asyncSaves,
                config.resyncPerSecond(),
                time,
                tasks,
                metrics);
        MemcachedNodeList nodeList = new MemcachedNodeList(
                address -> MemcachedNodes.connect(settings(address, config), time), nodes, store, tasks);
        String path = context.getContextPath();
        List<JmxRegistration> shownInJmx = new ArrayList<>();
        shownInJmx.add(JmxRegistration.register("MemcachedNodes", path, filterName, route, nodeList));
        if (config.enableStatistics()) {
            Map<String, LongSupplier> gauges = Map.of(
                    "nearCacheSessions", nearCache::size,
                    "nearCacheBytes", nearCache::bytes,
                    "nearCacheEvictions", nearCache::evictions,
                    "unsavedSessions", manager::unsavedSessions,
                    "watchedSessions", manager::watchedSessions,
                    "resyncWaiting", manager::resyncWaiting,
                    "asyncSavesWaiting", () -> asyncSaves == null ? 0 : asyncSaves.waiting(),
                    "asyncSavesOldestMillis", () -> asyncSaves == null ? 0 : asyncSaves.oldestMillis(),
                    "debts", store::debts);
            shownInJmx.add(MetricsBean.register(metrics, path, filterName, route, gauges));
        }
        return new StoredSessions(
                manager, locks(config, store, time, tasks, metrics), codecs, nodeList, tasks, shownInJmx);
    }

    private static @Nullable SessionLocks locks(
            SessionFilterConfig config,
            ReplicatedStore store,
            TimeSource time,
            BackgroundTasks tasks,
            Metrics metrics) {
        if (config.lockingMode().requests() == null) {
            return null;
        }
        if (config.lockingMode().isAuto()) {
            log.info("lockingMode=auto means lockingMode=all: no request is known to get by without the lock");
        }
        // One more than asked for: memcached counts whole seconds, and the first of them has begun.
        long ttlSeconds = config.lockExpiration().plusMillis(999).toSeconds() + 1;
        return new SessionLocks(
                key -> store.lock(key, ttlSeconds),
                config.lockExpiration(),
                config.lockWaitTimeout(),
                time,
                tasks,
                metrics);
    }

    private static InstalledCodecs codecs(SessionFilterConfig config, ClassLoader loader) {
        List<String> allowed =
                config.allowedClasses().stream().map(ClassPattern::toString).toList();
        try {
            return InstalledCodecs.find(
                    config.codec(),
                    new ApplicationCodecContext(loader, new ClassAllowList(allowed), MAX_ATTRIBUTE_BYTES));
        } catch (AttributeCodecException e) {
            throw new SessionFilterConfigException(
                    "codec=" + config.codec() + " cannot work here: " + e.getMessage(), e);
        }
    }

    private static @Nullable Compression compression(SessionFilterConfig config) {
        if (config.compression().equals("none")) {
            return null;
        }
        Compression compression = Compression.valueOf(config.compression().toUpperCase(Locale.ROOT));
        if (!compression.isAvailable()) {
            throw new SessionFilterConfigException(
                    "compression=" + config.compression()
                            + " needs the artifact at.yawk.lz4:lz4-java on the class path; add it, or choose compression=deflate");
        }
        return compression;
    }

    private static ComparedValues compared(DirtyDetection detection) {
        return switch (detection) {
            case ACCESSED -> ComparedValues.HANDED_OUT;
            case SET -> ComparedValues.SET;
            case ALL -> ComparedValues.ALL;
        };
    }

    private static ClassPatterns patterns(List<ClassPattern> patterns) {
        return new ClassPatterns(patterns.stream().map(ClassPattern::toString).toList());
    }

    private static NodeSettings settings(MemcachedAddress address, SessionFilterConfig config) {
        return new NodeSettings(
                new NodeId(address.nodeId()),
                address.host(),
                address.port(),
                config.operationTimeout(),
                config.connectTimeout(),
                config.breakerThreshold(),
                config.maxConcurrentOperations(),
                config.probeInterval());
    }

    private static ExecutorService saveThreads(SessionFilterConfig config, String filterName, ClassLoader loader) {
        int count = config.backupThreadCount();
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(count, count, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "session-filter-" + filterName + "-save");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader); // passivation listeners are the application's
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Tomcat's parallel deployment: version 1.2 of {@code /shop} is deployed as {@code /shop##1.2}. */
    private static String webappVersion(ServletContext context) {
        return context.getAttribute("org.apache.catalina.webappVersion") instanceof String version ? version : "";
    }

    @Override
    public Opened open(SessionId id) {
        return manager.open(id);
    }

    @Override
    public SessionUse create(int maxInactiveInterval) {
        return manager.create(maxInactiveInterval);
    }

    @Override
    public boolean keepAlive(String key) {
        return manager.keepAlive(key);
    }

    @Override
    public SessionLock newLock() {
        return locks == null ? SessionLock.NONE : locks.newLock();
    }

    @Override
    public void close() {
        if (locks != null) {
            locks.close();
        }
        manager.close();
        tasks.shutdownNow();
        nodes.close();
        codecs.close();
        shownInJmx.forEach(JmxRegistration::close);
    }
}
