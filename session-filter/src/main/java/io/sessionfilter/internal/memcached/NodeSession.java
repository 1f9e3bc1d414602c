package io.sessionfilter.internal.memcached;

import com.google.code.yanf4j.core.Handler;
import com.google.code.yanf4j.nio.NioSessionConfig;
import com.google.code.yanf4j.nio.impl.Reactor;
import com.google.code.yanf4j.nio.impl.SelectorManager;
import java.io.IOException;
import net.rubyeye.xmemcached.CommandFactory;
import net.rubyeye.xmemcached.MemcachedOptimizer;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.impl.MemcachedTCPSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection of xmemcached's, whose reading end expects the worst of its peer.
 *
 * <p>xmemcached's own decoder waits, on the reactor thread and for ever, for a command when an answer comes that nobody
 * asked for; it closes the connection on that thread, and logs what it cannot read together with the key. Here a peer
 * that breaks the protocol is reported, and ignored from then on, until its connection is closed by the thread that may
 * block.
 */
final class NodeSession extends MemcachedTCPSession {
    private static final Logger log = LoggerFactory.getLogger(NodeSession.class);

    private final SessionEvents events;
    private boolean misbehaved;

    NodeSession(
            NioSessionConfig config,
            int readBufferSize,
            MemcachedOptimizer optimizer,
            CommandFactory commandFactory,
            Handler handler,
            SessionEvents events) {
        super(config, readBufferSize, optimizer, 0, commandFactory);
        this.handler = handler;
        this.events = events;
        setAllowReconnect(false); // NodeKeeper does, after a probe
    }

    /** Sends a command, some time soon, from the reactor thread: the calling one never blocks. */
    void send(MetaCommand command) {
        write(command);
        // xmemcached's reactor looks at its queue, then resets the flag that says it was woken, then sleeps: what is
        // queued between the first
        // two waits for up to a second. Its selector itself forgets nothing, and waking it twice costs nothing.
        if (getAttribute(SelectorManager.REACTOR_ATTRIBUTE) instanceof Reactor reactor) {
            reactor.getSelector().wakeup();
        }
    }

    /** Called by the reactor thread alone. */
    @Override
    public void decode() {
        try {
            while (readBuffer.hasRemaining() && !misbehaved) {
                Command command = commandToAnswer();
                if (!command.decode(this, readBuffer.buf())) {
                    return;
                }
                setCurrentCommand(null);
                events.answered(this, (MetaCommand) command);
            }
        } catch (MalformedReplyException e) {
            misbehaved = true;
            events.misbehaved(this, String.valueOf(e.getMessage()));
        }
        if (misbehaved) {
            readBuffer.position(readBuffer.limit());
        }
    }

    private Command commandToAnswer() {
        if (getCurrentCommand() == null) {
            if (commandAlreadySent.isEmpty()) {
                throw new MalformedReplyException("an answer to no command");
            }
            takeCurrentCommand();
        }
        return getCurrentCommand();
    }

    @Override
    protected void onClosed() {
        super.onClosed();
        events.closed(this);
    }

    @Override
    public void onException(Throwable e) {
        log.debug("connection to {}", this, e); // what follows is its end, and that is reported
    }

    /**
     * Closes without xmemcached's wait of three seconds for a peer that does not read: once the output is shut down
     * there is nothing left to be flushed. Still nothing for a request's thread. Idempotent.
     */
    void closeNow() {
        try {
            socket().shutdownOutput();
        } catch (IOException e) {
            log.debug("connection to {} was shut down before", this, e); // close() is what counts
        }
        close();
    }
}
