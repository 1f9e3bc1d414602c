package io.sessionfilter.testkit.contract.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What requests tell each other and the test: notes of what happened after a response had gone out, and gates at
 * which a request waits.
 *
 * <p>One board per web application: the class is loaded once by each. Nothing here touches a session.
 */
final class Board {
    private static final long PATIENCE_SECONDS = 15;

    private static final Map<String, List<String>> NOTES = new ConcurrentHashMap<>();
    private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();

    private Board() {}

    static List<String> notes(String name) {
        return NOTES.computeIfAbsent(name, unused -> new CopyOnWriteArrayList<>());
    }

    /** Waits at the gate until somebody opens it. */
    static boolean pass(String name) {
        Gate gate = gate(name);
        gate.reached.countDown();
        return await(gate.opened);
    }

    /** Waits until a request waits at the gate. */
    static boolean awaitArrival(String name) {
        return await(gate(name).reached);
    }

    static void open(String name) {
        gate(name).opened.countDown();
    }

    private static Gate gate(String name) {
        return GATES.computeIfAbsent(name, unused -> new Gate());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static final class Gate {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch opened = new CountDownLatch(1);
    }
}
