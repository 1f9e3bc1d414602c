package io.sessionfilter.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.simulation.Plan.Request;
import io.sessionfilter.simulation.Plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private final Plan plan = PlanGenerator.generate(3, 2);

    @Test
    void whatAFailureDoesNotNeedIsLeftOut() {
        Plan small = Shrinker.shrink(plan, tried -> sends(tried, 5) && sends(tried, 23));

        assertThat(small.faults()).isEmpty();
        assertThat(small.requests()).extracting(Request::number).containsExactly(5, 23);
        assertThat(small.requests()).allMatch(request -> request.steps().isEmpty());
    }

    @Test
    void whatAFailureNeedsIsKept() {
        Plan.Fault needed = plan.faults().get(1);
        Step step = plan.requests().get(7).steps().get(0);

        Plan small = Shrinker.shrink(
                plan,
                tried -> tried.faults().contains(needed)
                        && tried.requests().stream()
                                .anyMatch(request ->
                                        request.number() == 7 && request.steps().contains(step)));

        assertThat(small.faults()).containsExactly(needed);
        assertThat(small.requests()).hasSize(1);
        assertThat(small.requests().get(0).steps()).isEqualTo(List.of(step));
    }

    private static boolean sends(Plan tried, int number) {
        return tried.requests().stream().anyMatch(request -> request.number() == number);
    }
}
