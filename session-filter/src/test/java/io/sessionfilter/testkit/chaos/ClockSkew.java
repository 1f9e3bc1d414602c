package io.sessionfilter.testkit.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Another wall clock for a process, by libfaketime (Debian's package {@code faketime}). */
final class ClockSkew {
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private ClockSkew() {}

    /**
     * The environment of a process with another clock; skips the test where there is no libfaketime.
     *
     * @param offset as {@code +2h}
     */
    static Map<String, String> of(String offset) {
        try (Stream<Path> candidates =
                Files.find(LIBRARIES, 3, (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            Path library = candidates.findFirst().orElse(null);
            Assumptions.assumeTrue(library != null, "libfaketime is not installed");
            return Map.of("LD_PRELOAD", String.valueOf(library), "FAKETIME", offset);
        } catch (IOException e) {
            throw new UncheckedIOException("looking for libfaketime", e);
        }
    }
}
