package io.sessionfilter.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a failing plan smaller, as long as it still fails: first fewer faults, then fewer requests, then fewer steps of each. */
final class Shrinker {
    private final Predicate<Plan> fails;
    private Plan plan;

    private Shrinker(Plan plan, Predicate<Plan> fails) {
        this.plan = plan;
        this.fails = fails;
    }

    /**
     * Shrinks.
     *
     * @param plan fails
     * @param fails whether a plan fails
     * @return fails too
     */
    static Plan shrink(Plan plan, Predicate<Plan> fails) {
        Shrinker shrinker = new Shrinker(plan, fails);
        shrinker.leaveOut(plan.faults(), faults -> shrinker.plan.withFaults(faults));
        shrinker.leaveOut(plan.requests(), requests -> shrinker.plan.withRequests(requests));
        shrinker.simplify();
        return shrinker.plan;
    }

    /** Tries without halves, then quarters, then single ones. */
    private <T> void leaveOut(List<T> all, Function<List<T>, Plan> with) {
        List<T> left = new ArrayList<>(all);
        for (int size = Math.max(1, left.size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < left.size(); ) {
                List<T> fewer = new ArrayList<>(left);
                fewer.subList(from, Math.min(from + size, fewer.size())).clear();
                if (tryOut(with.apply(fewer))) {
                    left = fewer;
                } else {
                    from += size;
                }
            }
        }
    }

    private void simplify() {
        for (int i = 0; i < plan.requests().size(); i++) {
            Plan.Request request = plan.requests().get(i);
            for (Plan.Step step : request.steps()) {
                List<Plan.Request> requests = new ArrayList<>(plan.requests());
                Plan.Request now = requests.get(i);
                requests.set(
                        i,
                        now.withSteps(now.steps().stream()
                                .filter(other -> other != step)
                                .toList()));
                tryOut(plan.withRequests(requests));
            }
        }
    }

    private boolean tryOut(Plan smaller) {
        boolean stillFails = fails.test(smaller);
        if (stillFails) {
            plan = smaller;
        }
        return stillFails;
    }
}
