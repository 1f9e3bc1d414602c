package io.sessionfilter.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whether {@code docs/faults.md} is true, and no promise was broken in this build; shows the counts as a table, and writes it to a file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FaultsTest {
    private static final Path PROJECT = Path.of("..");
    /** All but those that are about a container alone. */
    private static final Set<Integer> SCENARIOS = IntStream.concat(
                    IntStream.rangeClosed(1, 16), IntStream.rangeClosed(20, 22))
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));

    private static final Set<Integer> WEAKNESSES = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 13);

    private final ContractDocument document;
    private final FaultCounts counts;

    FaultsTest() throws IOException {
        document = new ContractDocument(PROJECT.resolve("docs/faults.md"));
        counts = FaultCounts.of(PROJECT);
    }

    @BeforeAll
    @SuppressWarnings("SystemOut") // the table is for whoever runs the build
    void show() throws IOException {
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("faults.txt"), counts.toString());
        System.out.println(counts);
    }

    @Test
    void noPromiseWasBroken() {
        assertThat(counts.violated()).isEmpty();
    }

    @Test
    void simulationAndBothContainersHaveTriedEachPromiseOnTwoMemcachedNodesAndOnThree() {
        assertThat(counts.sources()).containsExactlyInAnyOrder("simulation", "tomcat-11", "jetty-12.1");
        for (int promise = 0; promise < FaultCounts.PROMISES.size(); promise++) {
            assertThat(counts.memcachedNodesOf(promise))
                    .as(FaultCounts.PROMISES.get(promise))
                    .containsExactly("2", "3");
        }
    }

    @Test
    void eachScenarioAndEachWeaknessHasATest() {
        assertThat(document.numbers("scenarios")).isEqualTo(SCENARIOS);
        assertThat(document.numbers("weaknesses")).isEqualTo(WEAKNESSES);
    }

    @Test
    void testsThatTheDocumentNamesExist() throws IOException {
        TestSources sources = TestSources.of(PROJECT);
        List<String> missing = new ArrayList<>();
        for (String table : List.of("scenarios", "weaknesses")) {
            for (List<String> row : document.table(table)) {
                missing.addAll(sources.missing(row.get(2)));
            }
        }

        assertThat(missing).isEmpty();
    }
}
