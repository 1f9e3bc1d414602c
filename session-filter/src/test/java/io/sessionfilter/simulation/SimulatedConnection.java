package io.sessionfilter.simulation;

import io.sessionfilter.testkit.MemcachedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A TCP connection: what is sent arrives in order, or not at all. */
final class SimulatedConnection {
    private final int incarnation;
    private final long pid;
    private final SimulatedNode node;
    private final Scheduler scheduler;
    private final List<SimulatedCall<?>> calls = new ArrayList<>();
    private long lastArrival;
    private long lastAnswer;
    private boolean open = true;

    SimulatedConnection(int incarnation, long pid, SimulatedNode node, Scheduler scheduler) {
        this.incarnation = incarnation;
        this.pid = pid;
        this.node = node;
        this.scheduler = scheduler;
    }

    int incarnation() {
        return incarnation;
    }

    /** Of the process on the other side. */
    long pid() {
        return pid;
    }

    <T> void send(SimulatedCall<T> call, Function<MemcachedModel, T> command) {
        calls.removeIf(SimulatedCall::isOver);
        calls.add(call);
        SimulatedLink.Mishap mishap = node.link.mishap();
        if (mishap == SimulatedLink.Mishap.NEVER_SENT) {
            return;
        }
        if (mishap == SimulatedLink.Mishap.MUCH_LATER) { // it was left lying somewhere, and others overtake it
            scheduler.at(scheduler.now() + node.link.longDelay(), () -> arrive(call, command, true));
            return;
        }
        lastArrival = Math.max(lastArrival + 1, scheduler.now() + node.link.delay());
        scheduler.at(lastArrival, () -> arrive(call, command, mishap == SimulatedLink.Mishap.NO_ANSWER));
    }

    private <T> void arrive(SimulatedCall<T> call, Function<MemcachedModel, T> command, boolean answerLost) {
        if (node.link.holdsRequests()) {
            // What was sent before the connection was given up may still arrive when the network is whole again.
            node.link.whenWhole(() -> arrive(call, command, answerLost));
            return;
        }
        node.server().receive(node, pid, () -> {
            T answer = command.apply(node.server().model());
            if (!answerLost) {
                lastAnswer = Math.max(lastAnswer + 1, scheduler.now() + node.link.delay());
                scheduler.at(lastAnswer, () -> answered(call, answer));
            }
        });
    }

    private <T> void answered(SimulatedCall<T> call, T answer) {
        if (node.link.holdsAnswers()) {
            node.link.whenWhole(() -> answered(call, answer));
        } else if (open && !call.isOver()) {
            call.answer(answer);
        }
    }

    /** The connection is of no more use: nobody need wait for its answers. */
    void fail() {
        open = false;
        calls.stream().filter(call -> !call.isOver()).forEach(SimulatedCall::fail);
        calls.clear();
    }
}
