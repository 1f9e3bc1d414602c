package io.sessionfilter.bench.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whose server the app nodes are. */
enum Container {
    TOMCAT("Tomcat"),
    JETTY("Jetty");

    private static final Path TARGET = Path.of("bench", "target");

    private final String title;

    Container(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As {@code AppNodeMain} knows it. */
    String argument() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As {@code bench.sh} has laid out the jars: one container's do not go with another's. */
    String classPath() {
        Path jars = TARGET.resolve("lib");
        return List.of(
                        TARGET.resolve("classes"),
                        jars.resolve("common").resolve("*"),
                        jars.resolve(argument()).resolve("*"))
                .stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
