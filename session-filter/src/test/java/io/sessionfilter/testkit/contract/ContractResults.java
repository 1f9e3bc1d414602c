package io.sessionfilter.testkit.contract;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the tests of this JVM have decided, by container and provider; written to one file for each, in {@code
 * target/contract} of the module under test.
 *
 * <p>A line is the numbers of the assertions, the test, and its outcome, parted by tabs.
 */
final class ContractResults {
    static final String DIRECTORY = "target/contract";

    /** One test and what became of it. */
    record Result(List<Integer> assertions, String test, Outcome outcome) {
        String line() {
            String numbers = assertions.stream().map(String::valueOf).collect(Collectors.joining(","));
            return numbers + "\t" + test + "\t" + outcome.text();
        }
    }

    private static final Map<String, Map<String, Result>> RESULTS = new ConcurrentHashMap<>();

    private ContractResults() {}

    static void record(Deployment deployment, Method test, Outcome outcome) {
        Assertion assertion = test.getAnnotation(Assertion.class);
        List<Integer> numbers = assertion == null
                ? List.of()
                : Arrays.stream(assertion.value()).boxed().toList();
        String name = test.getDeclaringClass().getSimpleName() + "." + test.getName();
        RESULTS.computeIfAbsent(
                        fileName(deployment.containerName(), deployment.provider()),
                        unused -> new ConcurrentHashMap<>())
                .merge(
                        name,
                        new Result(numbers, name, outcome),
                        (one, other) -> new Result(numbers, name, Outcome.worse(one.outcome(), other.outcome())));
    }

    /** Writes, or writes anew, all results so far of a container and a provider. */
    static void write(String container, Provider provider) throws IOException {
        String name = fileName(container, provider);
        Map<String, Result> results = RESULTS.get(name);
        if (results != null) {
            Path directory = Files.createDirectories(Path.of(DIRECTORY));
            List<String> lines = new ArrayList<>();
            new TreeMap<>(results).values().forEach(result -> lines.add(result.line()));
            Files.write(directory.resolve(name), lines);
        }
    }

    static String fileName(String container, Provider provider) {
        return container + "_" + provider.name().toLowerCase(Locale.ROOT) + ".tsv";
    }
}
