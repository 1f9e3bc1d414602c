package io.sessionfilter.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The network between an app node and a memcached node, and what is wrong with it. */
final class SimulatedLink {
    /** How a network can be cut. */
    enum Cut {
        NONE,
        /** Nothing arrives, either way, and nobody says so. */
        BLACK_HOLE,
        /** Only what the memcached node answers does not arrive. */
        ANSWERS_HELD,
        /** Connections are reset, and refused. */
        REFUSED
    }

    /** What happens to a single operation. */
    enum Mishap {
        NONE,
        /** It takes effect and is not answered. */
        NO_ANSWER,
        /** It never leaves the app node. */
        NEVER_SENT,
        /** It takes effect long after it was given up. */
        MUCH_LATER
    }

    private final Scheduler scheduler;
    private final List<Runnable> held = new ArrayList<>();
    private Cut cut = Cut.NONE;
    private Mishap nextMishap = Mishap.NONE;
    private int mishaps;
    private final long latency;
    private long slowdown;

    SimulatedLink(Scheduler scheduler, long latency) {
        this.scheduler = scheduler;
        this.latency = latency;
    }

    void cut(Cut how) {
        cut = how;
    }

    void heal() {
        cut = Cut.NONE;
        slowdown = 0;
        mishaps = 0;
        List<Runnable> arriving = new ArrayList<>(held);
        held.clear();
        long time = scheduler.now();
        for (Runnable message : arriving) {
            scheduler.at(++time, message);
        }
    }

    /** From now on everything takes longer, each way. */
    void slowDown(long nanos) {
        slowdown = nanos;
    }

    void mishap(Mishap kind, int operations) {
        nextMishap = kind;
        mishaps = operations;
    }

    /** What happens to the operation that is sent now. */
    Mishap mishap() {
        if (mishaps == 0) {
            return Mishap.NONE;
        }
        mishaps--;
        return nextMishap;
    }

    boolean isWhole() {
        return cut == Cut.NONE;
    }

    boolean isRefused() {
        return cut == Cut.REFUSED;
    }

    boolean holdsRequests() {
        return cut == Cut.BLACK_HOLE || cut == Cut.REFUSED;
    }

    boolean holdsAnswers() {
        return cut != Cut.NONE;
    }

    void whenWhole(Runnable message) {
        if (cut != Cut.REFUSED) { // whose connection was reset, with all that was on its way
            held.add(message);
        }
    }

    long delay() {
        SplittableRandom random = scheduler.random();
        long normal = 50_000 + random.nextLong(random.nextInt(20) == 0 ? 20_000_000 : latency);
        return slowdown == 0 ? normal : normal + slowdown / 2 + random.nextLong(slowdown);
    }

    long longDelay() {
        return SimulatedNode.OPERATION_TIMEOUT + scheduler.random().nextLong(4_000_000_000L);
    }
}
