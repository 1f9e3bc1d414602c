package io.sessionfilter.simulation;

import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Looks for a schedule that breaks a promise as users would notice it; what only the simulation can see, and exceptions, do not count. Public for
 * the class loader of broken variants, which meets it as a {@link LongFunction}.
 */
public final class Hunt implements LongFunction<String> {
    /** For that loader. */
    public Hunt() {}

    /**
     * Hunts.
     *
     * @param most how many schedules to try
     * @return what it found, and in which schedule; {@code null}: nothing
     */
    @Override
    public String apply(long most) {
        Crew crew = new Crew();
        for (long seed = 1; seed <= most; seed++) {
            Outcome outcome = Simulation.run(PlanGenerator.generate(seed, 2), Tried.library(2), crew, false);
            Optional<Violation> found = outcome.violations().stream()
                    .filter(violation -> violation.kind().isBrokenPromise())
                    .findFirst();
            if (found.isPresent()) {
                return "schedule " + seed + ": " + found.get();
            }
        }
        return null;
    }
}
