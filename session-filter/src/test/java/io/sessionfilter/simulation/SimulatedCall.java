package io.sessionfilter.simulation;

import io.sessionfilter.internal.store.NodeCall;
import io.sessionfilter.internal.store.NodeException;

/** An operation on its way to a simulated memcached node and back. */
final class SimulatedCall<T> implements NodeCall<T> {
    private final SimulatedNode node;
    private final SimulatedConnection connection;
    private final Scheduler scheduler;
    private final long deadline;
    private Scheduler.Fiber waiting;
    private boolean over;
    private T answer;

    SimulatedCall(SimulatedNode node, SimulatedConnection connection, Scheduler scheduler) {
        this.node = node;
        this.connection = connection;
        this.scheduler = scheduler;
        this.deadline = scheduler.now() + SimulatedNode.OPERATION_TIMEOUT;
    }

    void answer(T value) {
        answer = value;
        end();
    }

    /** There will be no answer any more. */
    void fail() {
        end();
    }

    private void end() {
        over = true;
        if (waiting != null) {
            scheduler.wake(waiting);
            waiting = null;
        }
    }

    boolean isOver() {
        return over;
    }

    @Override
    public T await() throws NodeException {
        scheduler.pause();
        if (!over && scheduler.now() < deadline) {
            waiting = scheduler.current();
            scheduler.waitUntil(deadline);
            waiting = null;
        }
        if (!over) {
            over = true;
            node.timedOut(connection);
            throw node.failure(NodeException.Kind.UNKNOWN, "no answer in time");
        }
        if (answer == null) {
            throw node.failure(NodeException.Kind.UNKNOWN, "not answered");
        }
        if (!node.isCurrent(connection)) {
            throw node.failure(NodeException.Kind.UNKNOWN, "answered on a connection that was lost since");
        }
        node.answered(connection);
        return answer;
    }
}
