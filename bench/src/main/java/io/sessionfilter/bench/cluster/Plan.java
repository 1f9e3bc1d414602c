package io.sessionfilter.bench.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured, and for how long.
 *
 * @param scenarios in their order
 * @param firstWarmUp how long the app nodes of a container may take until their compilers rest
 * @param warmUp as long again, for a further scenario on the same app nodes
 * @param rounds of each variant
 * @param roundTime how long each lasts
 */
record Plan(List<Scenario> scenarios, Duration firstWarmUp, Duration warmUp, int rounds, Duration roundTime) {
    static final int SMALL = 2_000;
    static final int LARGE = 20_000;

    private static final List<Mix> ALL = List.of(Mix.values());

    /**
     * Sessions of one size on one container.
     *
     * @param container whose app nodes
     * @param sessionBytes how large
     * @param mixes of requests
     */
    record Scenario(Container container, int sessionBytes, List<Mix> mixes) {
        String title() {
            return container.title() + ", " + sessionBytes / 1000 + " KB";
        }
    }

    /** In a few minutes. */
    static Plan quick() {
        return new Plan(
                List.of(new Scenario(Container.TOMCAT, SMALL, ALL), new Scenario(Container.JETTY, SMALL, ALL)),
                Duration.ofSeconds(75),
                Duration.ZERO,
                3,
                Duration.ofMillis(600));
    }

    /** All there is. */
    static Plan full() {
        List<Scenario> scenarios = new ArrayList<>();
        for (Container container : Container.values()) {
            scenarios.add(new Scenario(container, SMALL, ALL));
            scenarios.add(new Scenario(container, LARGE, ALL));
        }
        return new Plan(scenarios, Duration.ofMinutes(5), Duration.ofMinutes(1), 7, Duration.ofSeconds(2));
    }
}
