package io.sessionfilter.bench.jmh;

import io.sessionfilter.SessionFilter;
import io.sessionfilter.bench.Progress;
import io.sessionfilter.bench.report.Table;
import io.sessionfilter.bench.report.Table.Column;
import io.sessionfilter.testkit.MemcachedProcess;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** What sessions that nobody uses at the moment take of an app node's memory, in its near-cache; measured in this process. */
final class IdleSessions {
    private static final int FEW = 100_000;
    private static final int MANY = 1_000_000;
    private static final int THREADS = 4;
    private static final int COLLECTIONS = 3;

    private IdleSessions() {}

    /** What was found. */
    static Table measure(boolean quick, Progress progress) throws Exception {
        int count = quick ? FEW : MANY;
        progress.step(String.format("memory of %,d idle sessions", count));
        try (MemcachedProcess first = MemcachedProcess.start("-m", "1024");
                MemcachedProcess second = MemcachedProcess.start("-m", "1024");
                InProcessTomcat tomcat = new InProcessTomcat((classes, context) -> OurSessions.register(
                        new SessionFilter(),
                        context,
                        List.of(first.port(), second.port()),
                        // as the bound is by an estimate, there is room for twice of what is needed
                        Map.of(
                                "nearCacheMaxBytes",
                                Long.toString(Runtime.getRuntime().maxMemory() * 3 / 4))))) {
            logIn(tomcat, FEW / THREADS); // whatever is loaded, compiled and pooled for that is there before
            long sessionsBefore = figure("nearCacheSessions");
            long estimatedBefore = figure("nearCacheBytes");
            long heapBefore = usedHeap();

            logIn(tomcat, count / THREADS);
            double sessions = figure("nearCacheSessions") - sessionsBefore;
            double heap = usedHeap() - heapBefore;
            double estimated = figure("nearCacheBytes") - estimatedBefore;
            if (figure("nearCacheEvictions") > 0) {
                throw new IllegalStateException("the heap is too small for " + count + " sessions");
            }
            return new Table(
                    "Memory of idle sessions",
                    "sessions",
                    List.of(
                            new Column("heap, each", "bytes"),
                            new Column("estimated for nearCacheMaxBytes, each", "bytes")),
                    List.of(new Table.Row(
                            String.format("%,.0f, of a name and a date", sessions),
                            List.of(heap / sessions, estimated / sessions))));
        }
    }

    private static void logIn(InProcessTomcat tomcat, int perThread) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<@Nullable Void>> done = new ArrayList<>();
            Callable<@Nullable Void> work = () -> {
                for (int i = 0; i < perThread; i++) {
                    tomcat.logIn();
                }
                return null;
            };
            for (int i = 0; i < THREADS; i++) {
                done.add(threads.submit(work));
            }
            for (Future<@Nullable Void> one : done) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Of the heap, after everything was collected that nobody has. */
    private static long usedHeap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long figure(String attribute) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = server.queryNames(new ObjectName("io.sessionfilter:type=Sessions,*"), null)
                .iterator()
                .next();
        return ((Number) server.getAttribute(name, attribute)).longValue();
    }
}
