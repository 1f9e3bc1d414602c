package io.sessionfilter.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All decisions of a build. */
final class Decisions {
    static final List<String> CONTAINERS =
            List.of("tomcat-10.1", "tomcat-11", "jetty-12.0", "jetty-12.1", "undertow-2.3");
    static final List<String> SESSIONS = List.of("native", "ours");

    private static final String FILES = "%s_%s.tsv";

    private final List<Decision> all = new ArrayList<>();

    /**
     * Reads the results that the modules have left.
     *
     * @param project the directory of the whole project
     * @throws IllegalStateException if those of a container are missing
     */
    static Decisions of(Path project) throws IOException {
        Decisions decisions = new Decisions();
        for (String container : CONTAINERS) {
            for (String sessions : SESSIONS) {
                decisions.read(find(project, FILES.formatted(container, sessions)), container, sessions);
            }
        }
        return decisions;
    }

    private static Path find(Path project, String name) throws IOException {
        for (String modules : List.of(".", "tomcat-tests", "jetty-tests")) {
            try (Stream<Path> candidates = Files.list(project.resolve(modules))) {
                List<Path> found = candidates
                        .map(module -> module.resolve("target/contract").resolve(name))
                        .filter(Files::exists)
                        .toList();
                if (!found.isEmpty()) {
                    return found.get(0);
                }
            }
        }
        throw new IllegalStateException(
                "no module has left target/contract/" + name + ": build the whole project, with mvn verify");
    }

    private void read(Path file, String container, String sessions) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] columns = line.split("\t", -1);
            List<Integer> assertions = Arrays.stream(columns[0].split(",", -1))
                    .filter(number -> !number.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
            all.add(new Decision(container, sessions, assertions, columns[1], columns[2]));
        }
    }

    Stream<Decision> stream() {
        return all.stream();
    }

    /** The assertions, as {@code 24 jetty-12.0}, of which some test has this outcome with these sessions. */
    Set<String> with(String outcome, String sessions) {
        return stream()
                .filter(decision -> decision.sessions().equals(sessions) && decision.isOutcome(outcome))
                .flatMap(decision -> decision.assertions().stream().map(number -> place(number, decision.container())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether any test of an assertion was run there. */
    boolean isDecided(int assertion, String container, String sessions) {
        return stream()
                .anyMatch(decision -> decision.isOn(container, sessions)
                        && decision.assertions().contains(assertion)
                        && !decision.isOutcome("not applicable"));
    }

    /** What the tests of one assertion say together; empty, if there are none. */
    String summary(int assertion, String container, String sessions) {
        Set<String> outcomes = stream()
                .filter(decision -> decision.isOn(container, sessions))
                .filter(decision -> decision.assertions().contains(assertion))
                .map(Decision::outcome)
                .collect(Collectors.toSet());
        return Stream.of("failed", "differs", "passed", "not applicable")
                .filter(outcomes::contains)
                .findFirst()
                .orElse("");
    }

    static String place(int assertion, String container) {
        return assertion + " " + container;
    }
}
