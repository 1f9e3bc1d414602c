package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.time.TimeSource;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does, on one thread of its own, all that may block: probes a memcached node, connects when it answers, closes what
 * was lost.
 *
 * <p>A usable node is probed too: an idle one's freeze or restart would otherwise be noticed by a request. A probe that
 * is not answered in time counts as one timed-out operation, for a lost packet is not an outage; one that cannot
 * connect is the end of the connection.
 */
final class NodeKeeper implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(NodeKeeper.class);
    private static final long CLOSE_MILLIS = 3000;
    /** A first attempt that finds nobody ends with its timeouts; this is for a machine that is slow to load classes. */
    private static final long START_MILLIS = 3000;

    private final NodeSettings settings;
    private final TimeSource time;
    private final NodeLink link;
    private final NodeProbe probe;
    private final Thread thread;
    private final boolean ownSelectors = SelectorPool.isOwn();
    private final Semaphore wakeups = new Semaphore(0);
    private final CountDownLatch firstAttempt = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable NodeClient client;
    private @Nullable ServerProcess process;
    private long evictions;
    private boolean evictionsReported;
    private @Nullable String complaint;

    NodeKeeper(NodeSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.link = new NodeLink(settings, time, wakeups::release);
        this.probe = new NodeProbe(settings, time);
        this.thread = new Thread(null, this, "session-filter-probe-" + settings.id(), 0, false);
        thread.setDaemon(true);
        // xmemcached's thread inherits it; the caller's may be of an application that is long gone by then
        thread.setContextClassLoader(NodeKeeper.class.getClassLoader());
    }

    NodeLink link() {
        return link;
    }

    /** Begins, and waits for the first attempt to connect, for a bounded time. */
    void start() {
        thread.start();
        try {
            if (!firstAttempt.await(START_MILLIS, TimeUnit.MILLISECONDS)) {
                log.debug("memcached node {} does not answer yet", link.describe());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever interrupted wants the start to go on without waiting
        }
    }

    @Override
    public void run() {
        try {
            while (!isClosing()) {
                attempt();
                firstAttempt.countDown();
                pause();
            }
        } catch (InterruptedException e) {
            log.debug("probing memcached node {} was interrupted", link.describe()); // only close() would
        } finally {
            firstAttempt.countDown();
            link.close();
            closeClient();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            Connection connection = link.current();
            if (connection == null) {
                connect();
            } else {
                check(connection);
            }
        } catch (RuntimeException e) {
            if (!e.toString().equals(complaint)) {
                complaint = e.toString();
                log.error("cannot look after memcached node {}, trying again", link.describe(), e);
            }
        }
    }

    private void connect() throws InterruptedException {
        try {
            NodeClient node = client();
            node.closeSession();
            ServerReport report = probe.ask(true);
            NodeSession session = node.connect(report.address());
            noteLosses(report);
            process = report.process();
            complaint = null;
            link.established(session, report);
        } catch (UnexpectedAnswerException e) {
            complain(true, e);
        } catch (IOException e) {
            complain(false, e);
        }
    }

    private void check(Connection connection) {
        try {
            ServerReport report = probe.ask(false);
            if (process != null && process.isReplacedBy(report.process())) {
                link.lost(connection, "it was restarted");
            }
            noteLosses(report);
            process = report.process();
        } catch (SocketTimeoutException e) {
            link.timedOut(connection);
        } catch (UnexpectedAnswerException e) {
            // Too many connections, perhaps. The one there is may be well; the operations on it will tell.
            log.debug("probe of memcached node {}", link.describe(), e);
        } catch (IOException e) {
            if (!isClosing()) {
                link.lost(connection, reason(e));
            }
        }
    }

    /** Before a connection to the process is used: what it had lost by then is no news to anybody who asks it later. */
    private void noteLosses(ServerReport report) {
        ServerProcess known = process;
        boolean sameProcess = known != null && !known.isReplacedBy(report.process());
        if (!sameProcess) {
            link.lostItems(report.process().startedNanos());
            evictions = 0;
        }
        long now = report.evictions().orElse(evictions);
        if (now > evictions) {
            link.lostItems(report.process().askedAtNanos());
            if (!evictionsReported) {
                evictionsReported = true;
                log.warn(
                        "memcached node {} has too little memory: it has thrown away {} live items so far; give it more (-m), or have it"
                                + " refuse new ones instead (-M)",
                        link.describe(),
                        now);
            }
        }
        evictions = now;
    }

    /** One line per reason, not one per attempt; the reason may be the same that an outage began with. */
    private void complain(boolean unfit, IOException e) {
        String reason = reason(e);
        if (isClosing() || reason.equals(complaint)) {
            return;
        }
        complaint = reason;
        if (unfit) {
            log.error("memcached node {} cannot be used: {}", link.describe(), reason);
        } else if (link.health().incarnation() == 0) {
            log.warn("memcached node {} cannot be reached: {}", link.describe(), reason);
        } else {
            log.debug("memcached node {} is still down: {}", link.describe(), reason);
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private NodeClient client() throws IOException {
        NodeClient existing = client;
        if (existing != null) {
            return existing;
        }
        NodeClient created =
                new NodeClient(settings.id().value(), settings.connectTimeout().toMillis(), link);
        client = created;
        if (ownSelectors) {
            SelectorPool.clientCreated();
        }
        return created;
    }

    private void closeClient() {
        NodeClient last = client;
        if (last == null) {
            return;
        }
        try {
            last.close(CLOSE_MILLIS);
        } catch (IOException e) {
            log.debug("closing the connection to memcached node {}", link.describe(), e); // nothing is lost by it
        }
        if (ownSelectors) {
            SelectorPool.clientShutDown();
        }
    }

    /** Until the next probe is due. The loss of a connection ends it, unless that was a short-lived one. */
    private void pause() throws InterruptedException {
        long interval = settings.probeInterval().toNanos();
        if (wakeups.tryAcquire(interval, TimeUnit.NANOSECONDS)) {
            wakeups.drainPermits();
            long age = time.nanos() - link.establishedAtNanos();
            if (age < interval && closing.await(interval - age, TimeUnit.NANOSECONDS)) {
                log.debug("memcached node {}: closing", link.describe());
            }
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Ends connection and threads, waiting for it a bounded time. Idempotent. */
    void close() {
        closing.countDown();
        link.close();
        wakeups.release();
        probe.abort();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            log.warn("the connection to memcached node {} is still being closed", link.describe());
        }
    }
}
