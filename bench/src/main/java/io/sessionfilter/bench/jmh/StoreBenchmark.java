package io.sessionfilter.bench.jmh;

import io.sessionfilter.internal.memcached.MemcachedNodes;
import io.sessionfilter.internal.memcached.NodeSettings;
import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeId;
import io.sessionfilter.internal.store.ReplicatedStore;
import io.sessionfilter.internal.store.Ring;
import io.sessionfilter.internal.store.TimeToLive;
import io.sessionfilter.internal.time.TimeSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.transcoders.CachedData;
import net.rubyeye.xmemcached.transcoders.PrimitiveTypeTranscoder;
import net.rubyeye.xmemcached.transcoders.Transcoder;
import net.rubyeye.xmemcached.utils.AddrUtil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One operation after the other, by several threads with a session each: xmemcached's own commands, and ours. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StoreBenchmark {
    /** All that the operations stand on. */
    @State(Scope.Benchmark)
    public static class Connections {
        private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(60);

        MemcachedClient raw;
        List<MemcachedNode> nodes;
        ReplicatedStore oneCopy;
        ReplicatedStore twoCopies;
        private ScheduledExecutorService executor;

        /** Called by JMH. */
        @Setup
        public void connect() throws IOException {
            List<Integer> ports = JmhCases.memcachedPorts();
            XMemcachedClientBuilder builder =
                    new XMemcachedClientBuilder(AddrUtil.getAddresses("127.0.0.1:" + ports.get(0)));
            builder.setSelectorPoolSize(1); // as ours has
            raw = builder.build();
            raw.setOpTimeout(OPERATION_TIMEOUT.toMillis());
            raw.setTranscoder(new Bytes());
            nodes = new ArrayList<>();
            for (int i = 0; i < ports.size(); i++) {
                NodeId id = new NodeId("n" + (i + 1));
                nodes.add(MemcachedNodes.connect(
                        new NodeSettings(id, "127.0.0.1", ports.get(i), OPERATION_TIMEOUT), TimeSource.SYSTEM));
            }
            executor = Executors.newScheduledThreadPool(1);
            oneCopy = store(1);
            twoCopies = store(2);
        }

        private ReplicatedStore store(int copies) {
            return new ReplicatedStore(
                    new Ring(nodes),
                    new ReplicatedStore.Settings(
                            copies,
                            Set.of(),
                            "bench" + copies + ":",
                            new TimeToLive(Duration.ofMillis(500)),
                            Duration.ofSeconds(1),
                            1000),
                    TimeSource.SYSTEM,
                    new SecureRandom(),
                    () -> ThreadLocalRandom.current().nextLong(),
                    executor,
                    new Metrics());
        }

        /** Called by JMH. */
        @TearDown
        public void close() throws IOException {
            oneCopy.close();
            twoCopies.close();
            executor.shutdownNow();
            nodes.forEach(MemcachedNode::close);
            raw.shutdown();
        }
    }

    /** The session of one thread. */
    @State(Scope.Thread)
    public static class OwnSession {
        /** What is done. */
        @Param("RAW_TOUCH")
        public StoreOperation operation = StoreOperation.RAW_TOUCH;

        /** How large a record is. */
        @Param("2000")
        public int bytes;

        private StoreOperation.Prepared prepared;

        /** Called by JMH. */
        @Setup
        public void store(Connections connections) throws Exception {
            prepared = operation.prepare(connections, bytes);
            WarmUp.run(prepared::run);
        }
    }

    /** Bytes as they are: xmemcached's own transcoders would serialize and compress. */
    @SuppressWarnings("deprecation") // the interface of xmemcached has no other base
    private static final class Bytes extends PrimitiveTypeTranscoder<byte[]> implements Transcoder<byte[]> {
        @Override
        public CachedData encode(byte[] value) {
            return new CachedData(0, value);
        }

        @Override
        public byte[] decode(CachedData data) {
            return data.getData();
        }
    }

    /** What is measured. */
    @Benchmark
    public Object operate(OwnSession session) throws Exception {
        return session.prepared.run();
    }
}
