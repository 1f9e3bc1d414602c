package io.sessionfilter.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/**
 * Many schedules, none of which may break a promise.
 *
 * <p>{@code -Dsimulation.schedules=N} tries N of them, {@code -Dsimulation.minutes=M} goes on for at least so long (profile {@code soak}), and {@code
 * -Dsimulation.seed=S} explains a single one. What was tried is told in {@code target/simulation-*.txt}.
 */
class SimulationTest {
    static final int SCHEDULES = Integer.getInteger("simulation.schedules", 5_000);
    private static final int OF_ONE_COPY = 500;
    private static final Duration AT_LEAST = Duration.ofMinutes(Integer.getInteger("simulation.minutes", 0));
    private static final Long ONLY = Long.getLong("simulation.seed");

    @Test
    void twoCopiesKeepThePromises() throws Exception {
        long begin = System.nanoTime();
        tryOut(
                2,
                ONLY != null
                        ? seed -> seed <= 1
                        : seed -> seed <= SCHEDULES || System.nanoTime() - begin < AT_LEAST.toNanos());
    }

    @Test
    void oneCopyKeepsThePromisesWhileItsMemcachedNodeLives() throws Exception {
        tryOut(1, seed -> seed <= Math.min(SCHEDULES, OF_ONE_COPY));
    }

    private static void tryOut(int copies, LongPredicate goesOn) throws IOException, InterruptedException {
        Campaign campaign = Campaign.run(copies, ONLY == null ? 0 : ONLY - 1, goesOn);

        Files.writeString(Path.of("target", "simulation-" + copies + "-copies.txt"), campaign.report());
        if (copies > 1) {
            campaign.table().write(Path.of("target", "faults"), "simulation");
        }
        System.out.println(campaign.report());
        assertThat(campaign.failing())
                .as(() -> campaign.failing().isEmpty() ? "" : campaign.explanation())
                .isEmpty();
    }

    @Test
    void aRunIsRepeatedExactlyByItsSeed() {
        for (long seed = 1; seed <= 20; seed++) {
            Plan plan = PlanGenerator.generate(seed, 2);

            Outcome first = Simulation.run(plan, Tried.library(2), new Crew(), true);
            Outcome second = Simulation.run(plan, Tried.library(2), new Crew(), true);

            assertThat(second.trace()).isNotEmpty().isEqualTo(first.trace());
            assertThat(second.steps()).isEqualTo(first.steps());
        }
    }

    @Test
    void aScheduleHasWhatItTakes() {
        for (long seed = 1; seed <= 100; seed++) {
            Plan plan = PlanGenerator.generate(seed, 2);

            assertThat(plan.apps()).isGreaterThanOrEqualTo(2);
            assertThat(plan.servers()).isBetween(2, 3);
            assertThat(plan.requests()).hasSize(30);
            assertThat(plan.requests().stream().map(Plan.Request::client).distinct())
                    .hasSize(3);
            assertThat(plan.faults()).hasSize(2);
        }
    }
}
