package io.sessionfilter.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker bites: with one of these rules of the store protocol taken out, a user would notice within the default number of schedules. */
class BrokenVariantsTest {
    static List<Mutant> variants() {
        return Mutant.ALL;
    }

    @ParameterizedTest
    @MethodSource("variants")
    void isCaught(Mutant mutant) throws Exception {
        @SuppressWarnings("unchecked") // of another class loader, but this interface is everybody's
        LongFunction<String> hunt = (LongFunction<String>) MutantLoader.of(mutant)
                .loadClass(Hunt.class.getName())
                .getConstructor()
                .newInstance();

        String found = hunt.apply(SimulationTest.SCHEDULES);

        System.out.println(mutant + ": " + found);
        assertThat(found).as("no schedule has shown that there is %s", mutant).isNotNull();
    }
}
