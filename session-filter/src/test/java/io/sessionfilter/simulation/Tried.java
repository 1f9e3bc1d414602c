package io.sessionfilter.simulation;

import io.sessionfilter.internal.store.ReplicatedStore;
import java.util.Set;

/** The stores that are tried. */
final class Tried {
    private static final int DEBTS_PER_SECOND = 1000;

    private Tried() {}

    /** The library as it is. */
    static Simulation.Tested library(int copies) {
        return new Simulation.Tested(
                parts -> new ReplicatedStore(
                        parts.ring(),
                        settings(parts, copies),
                        parts.time(),
                        parts.random(),
                        parts.random()::nextLong,
                        parts.executor(),
                        parts.metrics()),
                node -> node);
    }

    private static ReplicatedStore.Settings settings(SimulatedApp.Parts parts, int copies) {
        return new ReplicatedStore.Settings(
                copies,
                Set.of(),
                SimulatedApp.KEY_PREFIX,
                parts.timeToLive(),
                SimulatedApp.VALIDATE_AFTER,
                DEBTS_PER_SECOND);
    }
}
