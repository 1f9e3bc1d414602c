package io.sessionfilter.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of all test classes of the project, to see whether a test that a document names is there. */
final class TestSources {
    private final Map<String, String> bySimpleName;

    private TestSources(Map<String, String> bySimpleName) {
        this.bySimpleName = bySimpleName;
    }

    static TestSources of(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return new TestSources(files.filter(
                            file -> file.toString().replace('\\', '/').contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            TestSources::text,
                            (one, other) -> one + other)));
        }
    }

    /** Those of a list of {@code `Class.method`}, separated by commas, that are not there. */
    List<String> missing(String tests) {
        List<String> missing = new ArrayList<>();
        for (String test : tests.split(",", -1)) {
            String[] name = test.trim().replace("`", "").split("\\.", -1);
            String source = bySimpleName.get(name[0]);
            if (name.length != 2 || source == null || !source.contains(" " + name[1] + "(")) {
                missing.add(test.trim());
            }
        }
        return missing;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
