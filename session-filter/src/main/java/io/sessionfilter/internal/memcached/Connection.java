package io.sessionfilter.internal.memcached;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a memcached node and the commands under way on it. Knows them all, so that its loss fails every one
 * at once: xmemcached forgets those it has not written yet, and their threads would wait for nothing.
 *
 * <p>Its bulkhead is the limit of commands under way: a node that stops answering is sent no more than that. What finds it full waits for
 * its turn, since a node that is well answers soon. Safe for use by many threads.
 */
final class Connection {
    /** What became of a command that should be sent. */
    enum Sending {
        SENT,
        /** Not sent, since too many are under way; may be tried again. */
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
        this.bulkhead = new Semaphore(maxUnderWay, true);
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

    /** Sends the command unless too many are under way, or others wait for their turn; never blocks. */
    Sending send(MetaCommand command) {
        return !bulkhead.hasQueuedThreads() && bulkhead.tryAcquire() ? sendInItsTurn(command) : Sending.TOO_MANY;
    }

    /** Sends the command as soon as there is room for it; waits for that as long as it is told. */
    Sending send(MetaCommand command, long patienceNanos) throws InterruptedException {
        return bulkhead.tryAcquire(patienceNanos, TimeUnit.NANOSECONDS) ? sendInItsTurn(command) : Sending.TOO_MANY;
    }

    private Sending sendInItsTurn(MetaCommand command) {
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
