package io.sessionfilter.testkit.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The newest JDK that is installed beside the one that runs the tests, or that one itself. */
final class NewestJdk {
    private static final Pattern VERSION = Pattern.compile("^JAVA_VERSION=\"(\\d+)", Pattern.MULTILINE);

    private NewestJdk() {}

    /** Its {@code java}, if it is of that version or newer. */
    static Optional<Path> java(int version) throws IOException {
        Path home = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> siblings = Files.list(home.getParent())) {
            return siblings.filter(each -> version(each) >= version)
                    .max(Comparator.comparingInt(NewestJdk::version))
                    .map(each -> each.resolve("bin").resolve("java"));
        }
    }

    private static int version(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() && Files.isExecutable(home.resolve("bin").resolve("java"))
                    ? Integer.parseInt(version.group(1))
                    : 0;
        } catch (IOException e) {
            return 0; // no JDK
        }
    }
}
