package io.sessionfilter.internal.memcached;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a memcached node and the commands under way on it. Knows them all, so that its loss fails every one
 * at once: xmemcached forgets those it has not written yet, and their threads would wait for nothing.
 *
 * <p>Its bulkhead is the limit of commands under way: a node that stops answering holds no more threads than that. Safe
 * for use by many threads.
 */
final class Connection {
    /** What became of a command that should be sent. */
    enum Sending {
        SENT,
        /** Not sent: too many are under way. */
        TOO_MANY,
        /** Not sent: the connection was lost. */
        LOST
    }

    private final int incarnation;
    private final NodeSession session;
    private final Set<MetaCommand> underWay = ConcurrentHashMap.newKeySet();
    private final Semaphore bulkhead;
    private volatile @Nullable String lostBecause;

    Connection(int incarnation, NodeSession session, int maxUnderWay) {
        this.incarnation = incarnation;
        this.session = session;
        this.bulkhead = new Semaphore(maxUnderWay);
    }

    int incarnation() {
        return incarnation;
    }

    NodeSession session() {
        return session;
    }

    /** Why the connection was lost; {@code null} if it was not. */
    @Nullable
    String lostBecause() {
        return lostBecause;
    }

    Sending send(MetaCommand command) {
        if (!bulkhead.tryAcquire()) {
            return Sending.TOO_MANY;
        }
        underWay.add(command);
        // After the add: what is lost from here on finds the command.
        if (lostBecause != null) {
            settled(command);
            return Sending.LOST;
        }
        session.send(command);
        return Sending.SENT;
    }

    /** The command was answered, or nobody waits for it any more. Idempotent. */
    void settled(MetaCommand command) {
        if (underWay.remove(command)) {
            bulkhead.release();
        }
    }

    /** Ends the wait of all commands under way, and refuses new ones. Closes nothing. */
    void lose(String reason) {
        lostBecause = reason;
        for (MetaCommand command : underWay) {
            command.abandon();
            settled(command);
        }
    }
}
