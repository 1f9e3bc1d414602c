package io.sessionfilter.bench.cluster;

import io.sessionfilter.testkit.MemcachedProcess;
import io.sessionfilter.testkit.MemcachedTraffic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** Several clients of one app node at once. */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int SESSIONS_EACH = 8;

    private final AppNode appNode;
    private final List<MemcachedProcess> memcached;
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Client> clients = new ArrayList<>();

    Load(AppNode appNode, List<MemcachedProcess> memcached, int sessionBytes) throws IOException {
        this.appNode = appNode;
        this.memcached = memcached;
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(appNode.port(), SESSIONS_EACH, sessionBytes, i));
        }
    }

    Round run(Mix mix, long nanos) throws IOException, InterruptedException {
        MemcachedTraffic trafficBefore = traffic();
        long cpuBefore = appNode.cpuNanos();
        long start = System.nanoTime();
        Histogram latencies = runClients(mix, nanos);
        long end = System.nanoTime();
        return new Round(latencies, appNode.cpuNanos() - cpuBefore, traffic().since(trafficBefore), end - start);
    }

    /** As {@link #run}; tells what share of one processor the app node's compiler takes meanwhile. */
    double warmUp(Mix mix, long nanos) throws IOException, InterruptedException {
        long before = appNode.compilerNanos();
        long start = System.nanoTime();
        runClients(mix, nanos);
        return (appNode.compilerNanos() - before) / (double) (System.nanoTime() - start);
    }

    private Histogram runClients(Mix mix, long nanos) throws IOException, InterruptedException {
        List<Callable<Histogram>> loops = new ArrayList<>();
        clients.forEach(client -> loops.add(() -> client.run(mix, nanos)));
        Histogram all = null;
        for (Future<Histogram> loop : threads.invokeAll(loops)) {
            Histogram one = result(loop);
            if (all == null) {
                all = one;
            } else {
                all.add(one);
            }
        }
        if (all == null) {
            throw new IllegalStateException("no clients");
        }
        return all;
    }

    private static Histogram result(Future<Histogram> loop) throws IOException, InterruptedException {
        try {
            return loop.get();
        } catch (ExecutionException e) {
            throw new IOException("a client has failed", e.getCause());
        }
    }

    private MemcachedTraffic traffic() {
        return memcached.stream().map(MemcachedProcess::traffic).reduce(MemcachedTraffic.NONE, MemcachedTraffic::plus);
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        for (Client client : clients) {
            client.close();
        }
    }
}
