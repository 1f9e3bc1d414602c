package io.sessionfilter.simulation;

import java.util.List;

/**
 * What is to happen in a run. All else follows from the seed.
 *
 * @param seed of everything that is left to chance
 * @param copies of a session
 * @param servers how many memcached nodes
 * @param apps how many app nodes
 * @param sticky whether the balancer keeps a session on its app node, mostly, and the library trusts it
 * @param timeoutSeconds of new sessions
 * @param latency of the network at most, mostly, in nanoseconds each way
 * @param oneBrowser whether all clients are windows of one browser, with one cookie
 * @param requests in the order in which each client sends its own
 * @param faults by the time at which they begin
 */
record Plan(
        long seed,
        int copies,
        int servers,
        int apps,
        boolean sticky,
        int timeoutSeconds,
        long latency,
        boolean oneBrowser,
        List<Request> requests,
        List<Fault> faults) {

    Plan withRequests(List<Request> fewer) {
        return new Plan(
                seed, copies, servers, apps, sticky, timeoutSeconds, latency, oneBrowser, List.copyOf(fewer), faults);
    }

    Plan withFaults(List<Fault> fewer) {
        return new Plan(
                seed, copies, servers, apps, sticky, timeoutSeconds, latency, oneBrowser, requests, List.copyOf(fewer));
    }

    /**
     * One request of a client.
     *
     * @param number unlike that of all others
     * @param client who sends it
     * @param gap how long after the one before, in nanoseconds
     * @param parallel whether it does not wait for the answers to those before
     * @param oldCookie how many cookies ago; 0: the client's current one
     * @param app to which it is sent, unless the balancer is sticky
     * @param flaps whether a sticky balancer sends it elsewhere
     * @param steps what the application does
     * @param thinking how long it thinks about it, in nanoseconds
     */
    record Request(
            int number,
            int client,
            long gap,
            boolean parallel,
            int oldCookie,
            int app,
            boolean flaps,
            List<Step> steps,
            long thinking) {
        Request withSteps(List<Step> other) {
            return new Request(number, client, gap, parallel, oldCookie, app, flaps, other, thinking);
        }
    }

    /** What an application does with its session. */
    enum Step {
        READ,
        SET_OWN,
        SET_SHARED,
        APPEND,
        REMOVE,
        CHANGE_KEY,
        INVALIDATE,
        SET_TIMEOUT,
        FLUSH,
        THINK
    }

    /**
     * Something goes wrong.
     *
     * @param kind what
     * @param begin when, in nanoseconds; if {@code afterOthers} how long after the one before has ended
     * @param duration for how long
     * @param app whose, where it is about one
     * @param server whose, where it is about one
     * @param variant of the kind
     */
    record Fault(FaultKind kind, long begin, boolean afterOthers, long duration, int app, int server, int variant) {
        /** Whether copies are gone for good, and not only out of reach. */
        boolean losesCopies() {
            return switch (kind) {
                case KILL, RESTART_EMPTY, EVICTION -> true;
                case ALL_DOWN -> variant >= 50;
                default -> false;
            };
        }
    }

    /** What can go wrong. */
    enum FaultKind {
        DELAY(true),
        NO_ANSWER(true),
        NEVER_SENT(true),
        MUCH_LATER(true),
        KILL(true),
        RESTART_EMPTY(true),
        FREEZE(true),
        CUT(true),
        OPPOSITE_CUTS(true),
        EVICTION(true),
        APP_KILL(false),
        ALL_DOWN(true),
        CLOCK_SKEW(false);

        /** Whether it can hide a copy or lose one, so that two at a time may hide or lose both. */
        final boolean touchesCopies;

        FaultKind(boolean touchesCopies) {
            this.touchesCopies = touchesCopies;
        }

        /** Whether it is more than one fault in itself. */
        boolean isMultiple() {
            return this == OPPOSITE_CUTS || this == ALL_DOWN;
        }
    }
}
