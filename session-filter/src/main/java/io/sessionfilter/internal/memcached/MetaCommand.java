package io.sessionfilter.internal.memcached;

import com.google.code.yanf4j.buffer.IoBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.rubyeye.xmemcached.command.Command;
import net.rubyeye.xmemcached.command.CommandType;
import net.rubyeye.xmemcached.impl.MemcachedTCPSession;
import org.jspecify.annotations.Nullable;

/**
 * A meta command on its way through xmemcached: written and answered by its reactor thread, awaited by the thread that
 * sent it.
 *
 * <p>xmemcached never learns the key: it would put it into messages and logs, and the key of a session is a credential.
 */
final class MetaCommand extends Command {
    private static final byte[] NO_KEY = {};

    private final byte[] request;
    private final MetaReplyParser parser;
    private volatile @Nullable MetaReply reply;

    /**
     * Creates a command that has not been sent.
     *
     * @param request all its bytes, in an array that nobody else writes
     * @param parser for its answer alone
     */
    MetaCommand(byte[] request, MetaReplyParser parser) {
        // TOUCH, for xmemcached gives some of the other types a treatment of their own
        super("-", NO_KEY, CommandType.TOUCH, new CountDownLatch(1));
        this.request = request;
        this.parser = parser;
    }

    @Override
    public void encode() {
        setIoBuffer(IoBuffer.wrap(request));
    }

    /**
     * Takes what has arrived.
     *
     * @return whether the answer is complete
     * @throws MalformedReplyException if this is no answer to this command
     */
    @Override
    public boolean decode(MemcachedTCPSession session, ByteBuffer buffer) {
        MetaReply complete = parser.parse(buffer);
        if (complete == null) {
            return false;
        }
        reply = complete;
        countDownLatch();
        return true;
    }

    /** The answer; {@code null} while there is none, and for ever if the connection was lost before. */
    @Nullable
    MetaReply reply() {
        return reply;
    }

    /**
     * Waits for the answer, or for the loss of the connection.
     *
     * @return whether either happened in time
     */
    boolean await(long nanos) throws InterruptedException {
        return getLatch().await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Ends the wait without an answer. */
    void abandon() {
        countDownLatch();
    }

    /** Says nothing: xmemcached's own would show key and value. */
    @Override
    public String toString() {
        return "MetaCommand[" + getStatus() + "]";
    }
}
