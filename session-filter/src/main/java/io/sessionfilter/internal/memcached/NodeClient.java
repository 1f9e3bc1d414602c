package io.sessionfilter.internal.memcached;

import com.google.code.yanf4j.config.Configuration;
import com.google.code.yanf4j.core.SocketOption;
import com.google.code.yanf4j.core.impl.StandardSocketOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.rubyeye.xmemcached.CommandFactory;
import net.rubyeye.xmemcached.MemcachedSessionComparator;
import net.rubyeye.xmemcached.MemcachedSessionLocator;
import net.rubyeye.xmemcached.XMemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.buffer.BufferAllocator;
import net.rubyeye.xmemcached.command.TextCommandFactory;
import net.rubyeye.xmemcached.impl.ArrayMemcachedSessionLocator;
import net.rubyeye.xmemcached.impl.IndexMemcachedSessionComparator;
import net.rubyeye.xmemcached.utils.InetSocketAddressWrapper;

/**
 * xmemcached for one memcached node: one connection, one reactor thread. To be created, connected and shut down by one
 * thread that may block, with the context class loader that its reactor thread shall keep.
 *
 * <p>Commands go to the {@link NodeSession} that {@link #connect} returned, never through xmemcached's choice of a
 * connection: a cas token is worth something on the connection only on which it was read.
 */
final class NodeClient extends XMemcachedClient {
    /** With xmemcached's 32 KB a write of 100 KB waits 44 ms for an acknowledgement on a loopback device. */
    private static final int SOCKET_BUFFER_BYTES = 256 * 1024;

    private final NodeConnector nodeConnector;
    private final Thread reactor;

    NodeClient(String name, long connectTimeoutMillis, SessionEvents events) throws IOException {
        super(
                new ArrayMemcachedSessionLocator(),
                new IndexMemcachedSessionComparator(),
                null,
                configuration(),
                socketOptions(),
                new TextCommandFactory(),
                null,
                null,
                null,
                Map.of(),
                1,
                connectTimeoutMillis,
                name,
                false,
                false);
        nodeConnector = (NodeConnector) connector;
        nodeConnector.attach(events);
        reactor = nodeConnector.getSelectorManager().getReactorByIndex(0);
        reactor.setName("session-filter-memcached-" + name);
    }

    private static Configuration configuration() {
        Configuration configuration = XMemcachedClientBuilder.getDefaultConfiguration();
        configuration.setSelectorPoolSize(1);
        configuration.setReadThreadCount(0);
        return configuration;
    }

    @SuppressWarnings("rawtypes") // as xmemcached declares it
    private static Map<SocketOption, Object> socketOptions() {
        Map<SocketOption, Object> options = new HashMap<>();
        options.put(StandardSocketOption.TCP_NODELAY, true);
        options.put(StandardSocketOption.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        options.put(StandardSocketOption.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        options.put(StandardSocketOption.SO_KEEPALIVE, true);
        // What a given-up connection has not delivered must not arrive later.
        options.put(StandardSocketOption.SO_LINGER, 0);
        return options;
    }

    @Override
    @SuppressWarnings("deprecation") // BufferAllocator: the signature is xmemcached's
    protected NodeConnector newConnector(
            BufferAllocator allocator,
            Configuration configuration,
            MemcachedSessionLocator locator,
            MemcachedSessionComparator comparator,
            CommandFactory commandFactory,
            int poolSize,
            int maxQueuedNoReplyOperations) {
        configuration.setDispatchMessageThreadCount(0);
        return new NodeConnector(
                configuration, locator, comparator, allocator, commandFactory, poolSize, maxQueuedNoReplyOperations);
    }

    /**
     * Connects, for at most the connect timeout. An earlier connection is closed.
     *
     * <p>Not {@code addServer}: that one would log an error with a stack trace, and go on trying in a queue that nobody
     * empties.
     */
    NodeSession connect(InetSocketAddress address) throws IOException, InterruptedException {
        closeSession();
        InetSocketAddressWrapper server =
                new InetSocketAddressWrapper(address, serverOrderCount.incrementAndGet(), 1, null, false);
        Future<Boolean> connecting = nodeConnector.connect(server);
        try {
            connecting.get(getConnectTimeout(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            connecting.cancel(true);
            throw new IOException("no connection within " + getConnectTimeout() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException("no connection", e);
        }
        NodeSession session = nodeConnector.latest();
        if (session == null) {
            throw new IOException("no connection");
        }
        return session;
    }

    /** Closes the connection, if there is one. */
    void closeSession() {
        NodeSession session = nodeConnector.latest();
        if (session != null) {
            session.closeNow();
        }
    }

    /** Closes the connection and ends the reactor thread; bounded by some seconds, usually done in milliseconds. */
    void close(long joinMillis) throws IOException {
        closeSession(); // first: shutdown() waits five seconds for a peer that does not hang up
        shutdown();
        try {
            reactor.join(joinMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
