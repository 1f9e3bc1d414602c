package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.memcached.Connection.Sending;
import io.sessionfilter.internal.memcached.MetaReply.Code;
import io.sessionfilter.internal.store.NodeCall;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.store.NodeException.Kind;
import io.sessionfilter.internal.time.TimeSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An operation that was sent, or waits for its turn to be, and what its answer will mean. */
final class PendingCall<T> implements NodeCall<T> {
    /** Says what an answer means. */
    @FunctionalInterface
    interface Interpreter<T> {
        /**
         * The result that an answer other than an error stands for.
         *
         * @param incarnation of the connection that it came on
         * @throws MalformedReplyException if it is no answer that this operation can have
         */
        T interpret(MetaReply reply, int incarnation);
    }

    private final NodeSettings settings;
    private final TimeSource time;
    private final NodeLink link;
    private final Connection connection;
    private final MetaCommand command;
    private final String operation;
    private final Interpreter<T> interpreter;
    private final long startedAtNanos;
    private Sending sending = Sending.TOO_MANY;
    private long sentAtNanos;

    PendingCall(
            NodeSettings settings,
            TimeSource time,
            NodeLink link,
            Connection connection,
            MetaCommand command,
            String operation,
            Interpreter<T> interpreter) {
        this.settings = settings;
        this.time = time;
        this.link = link;
        this.connection = connection;
        this.command = command;
        this.operation = operation;
        this.interpreter = interpreter;
        this.startedAtNanos = time.nanos();
    }

    /** Sends the command if it can be sent at once; else {@link #await} does. */
    void send() {
        sending = connection.send(command);
        sentAtNanos = startedAtNanos;
    }

    @Override
    public T await() throws NodeException {
        if (sending == Sending.TOO_MANY) {
            awaitTurn();
        }
        if (sending == Sending.LOST) {
            throw failure(Kind.UNAVAILABLE, "not sent: it is down", null);
        }
        awaitAnswer();
        MetaReply reply = command.reply();
        if (reply == null) {
            throw failure(Kind.UNKNOWN, "not answered: " + connection.lostBecause(), null);
        }
        if (!link.isCurrent(connection)) {
            throw failure(Kind.UNKNOWN, "answered on a connection that was lost since", null);
        }
        link.answered(connection);
        if (reply.code() == Code.ERROR) {
            throw failure(Kind.REFUSED, "refused: " + reply.error(), null);
        }
        try {
            return interpreter.interpret(reply, connection.incarnation());
        } catch (MalformedReplyException e) {
            link.lost(connection, "it broke the protocol: " + e.getMessage());
            throw failure(Kind.UNKNOWN, "answered something else", e);
        }
    }

    /**
     * Waits until the node has answered enough of the others, for a quarter of an operation timeout: one that is well answers thousands in it, and one that
     * is frozen costs a request that it was not sent, and that tries twice, still less than those that it was.
     */
    private void awaitTurn() throws NodeException {
        try {
            sending = connection.send(command, settings.operationTimeout().toNanos() / 4);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(Kind.UNAVAILABLE, "not sent: interrupted while waiting for its turn", e);
        }
        if (sending == Sending.TOO_MANY) {
            throw failure(
                    Kind.UNAVAILABLE, "not sent: " + settings.maxWaiting() + " operations are waiting for it", null);
        }
        sentAtNanos = time.nanos();
    }

    private void awaitAnswer() throws NodeException {
        long left = settings.operationTimeout().toNanos() - (time.nanos() - sentAtNanos);
        boolean answered;
        try {
            answered = command.await(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp();
            throw failure(Kind.UNKNOWN, "interrupted while waiting for the answer", e);
        }
        if (!answered) {
            giveUp();
            link.timedOut(connection);
            throw failure(Kind.UNKNOWN, "no answer in time", null);
        }
    }

    private void giveUp() {
        command.cancel(); // if it was not written yet, it never will be
        connection.settled(command);
    }

    private NodeException failure(Kind kind, String what, @Nullable Throwable cause) {
        long elapsed = TimeUnit.NANOSECONDS.toMillis(time.nanos() - startedAtNanos);
        String message = "memcached node " + settings.id() + ", " + operation + ", after " + elapsed + " ms: " + what;
        return new NodeException(kind, settings.id(), message, cause);
    }
}
