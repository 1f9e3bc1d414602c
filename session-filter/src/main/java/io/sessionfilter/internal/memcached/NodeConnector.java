package io.sessionfilter.internal.memcached;

import com.google.code.yanf4j.buffer.IoBuffer;
import com.google.code.yanf4j.config.Configuration;
import com.google.code.yanf4j.core.Session;
import com.google.code.yanf4j.core.impl.HandlerAdapter;
import com.google.code.yanf4j.nio.NioSession;
import java.nio.channels.SocketChannel;
import net.rubyeye.xmemcached.CommandFactory;
import net.rubyeye.xmemcached.MemcachedOptimizer;
import net.rubyeye.xmemcached.MemcachedSessionComparator;
import net.rubyeye.xmemcached.MemcachedSessionLocator;
import net.rubyeye.xmemcached.buffer.BufferAllocator;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.command.OperationStatus;
import net.rubyeye.xmemcached.impl.MemcachedConnector;
import net.rubyeye.xmemcached.impl.Optimizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes xmemcached's connections ours: {@link NodeSession}, without its heartbeat and without a stack trace per broken
 * connection.
 */
final class NodeConnector extends MemcachedConnector {
    private static final Logger log = LoggerFactory.getLogger(NodeConnector.class);

    private final CommandFactory commandFactory;
    private final MemcachedOptimizer optimizer;
    private volatile @Nullable SessionEvents events;
    private volatile @Nullable NodeSession latest;

    @SuppressWarnings("deprecation") // BufferAllocator: the signature is xmemcached's
    NodeConnector(
            Configuration configuration,
            MemcachedSessionLocator locator,
            MemcachedSessionComparator comparator,
            BufferAllocator allocator,
            CommandFactory commandFactory,
            int poolSize,
            int maxQueuedNoReplyOperations) {
        super(configuration, locator, comparator, allocator, commandFactory, poolSize, maxQueuedNoReplyOperations);
        this.commandFactory = commandFactory;
        this.optimizer = new Optimizer(commandFactory.getProtocol());
        setEnableHealSession(false); // before its thread starts, which then ends at once
    }

    /** To be called before the first connection: xmemcached creates its connector before its subclass has anything. */
    void attach(SessionEvents listener) {
        events = listener;
    }

    /** The connection made last. */
    @Nullable
    NodeSession latest() {
        return latest;
    }

    @Override
    protected NioSession buildSession(SocketChannel channel) {
        SessionEvents listener = events;
        if (listener == null) {
            throw new IllegalStateException("no connection before attach");
        }
        NodeSession session = new NodeSession(
                buildSessionConfig(channel, buildQueue()),
                configuration.getSessionReadBufferSize(),
                optimizer,
                commandFactory,
                new SessionHandler(),
                listener);
        session.setBufferAllocator(getBufferAllocator());
        // An empty read is nothing to wait for on the thread that serves all.
        session.setUseBlockingRead(false);
        latest = session;
        return session;
    }

    /** The parts of xmemcached's own handler that are wanted. */
    private final class SessionHandler extends HandlerAdapter {
        @Override
        public void onMessageSent(Session session, Object message) {
            Command command = (Command) message;
            command.setStatus(OperationStatus.SENT);
            command.setIoBuffer(IoBuffer.allocate(0)); // lets go of the value
        }

        @Override
        public void onSessionClosed(Session session) {
            removeSession(session);
            NodeSession closed = (NodeSession) session;
            closed.clearWriteQueue();
            closed.destroy();
        }

        @Override
        public void onExceptionCaught(Session session, Throwable e) {
            log.debug("connection to {}", session, e); // what follows is its end, and that is reported
        }
    }
}
