package io.sessionfilter.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whether the results of this build are what {@code docs/servlet-contract.md} says; shows them as a table, and writes it to a file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ServletContractTest {
    private static final Path PROJECT = Path.of("..");
    private static final int ASSERTIONS = 88;

    private final ContractDocument document;
    private final Decisions decisions;

    ServletContractTest() throws IOException {
        document = new ContractDocument(PROJECT.resolve("docs/servlet-contract.md"));
        decisions = Decisions.of(PROJECT);
    }

    @BeforeAll
    @SuppressWarnings("SystemOut") // the table is for whoever runs the build
    void show() throws IOException {
        String table = ContractTable.of(document.assertions(), decisions);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("servlet-contract.txt"), table);
        System.out.println(table);
    }

    @Test
    void assertionsAreNumberedWithoutAGap() {
        assertThat(document.assertions().keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ASSERTIONS).boxed().toList());
    }

    @Test
    void nothingFailed() {
        assertThat(decisions.stream().filter(decision -> decision.isOutcome("failed")))
                .isEmpty();
    }

    @Test
    void containersOwnSessionsDifferExactlyWhereTheDocumentSaysSo() {
        Set<String> listed = document.places("differences");
        listed.addAll(document.places("container"));

        assertThat(decisions.with("differs", "native")).isEqualTo(listed);
    }

    @Test
    void ourSessionsDifferExactlyWhereTheContainerLeavesNoChoice() {
        assertThat(decisions.with("differs", "ours")).isEqualTo(document.places("container"));
    }

    @Test
    void nothingIsLeftOutButWhatTheDocumentSaysDoesNotApply() {
        assertThat(decisions.with("not applicable", "ours")).isEqualTo(document.places("not-applicable"));
        assertThat(document.places("not-applicable")).containsAll(decisions.with("not applicable", "native"));
    }

    @Test
    void eachAssertionIsDecidedOnEachContainerOrByATestThatTheDocumentNames() {
        Set<Integer> elsewhere = document.numbers("elsewhere");
        Set<Integer> open = document.numbers("open");
        Set<String> notApplicable = document.places("not-applicable");
        List<String> undecided = new ArrayList<>();
        for (int assertion : document.assertions().keySet()) {
            for (String container : Decisions.CONTAINERS) {
                String place = Decisions.place(assertion, container);
                if (!decisions.isDecided(assertion, container, "ours")
                        && !elsewhere.contains(assertion)
                        && !open.contains(assertion)
                        && !notApplicable.contains(place)) {
                    undecided.add(place);
                }
            }
        }

        assertThat(undecided).isEmpty();
    }

    @Test
    void nothingIsCalledOpenThatIsDecided() {
        Set<Integer> decided = new TreeSet<>(document.numbers("elsewhere"));
        Decisions.CONTAINERS.forEach(container -> document.assertions().keySet().stream()
                .filter(assertion -> decisions.isDecided(assertion, container, "ours"))
                .forEach(decided::add));

        assertThat(document.numbers("open")).as("assertions listed as open").doesNotContainAnyElementsOf(decided);
    }

    @Test
    void testsThatTheDocumentNamesExist() throws IOException {
        TestSources sources = TestSources.of(PROJECT);
        List<String> missing = new ArrayList<>();
        for (List<String> row : document.table("elsewhere")) {
            missing.addAll(sources.missing(row.get(1)));
        }

        assertThat(missing).isEmpty();
    }
}
