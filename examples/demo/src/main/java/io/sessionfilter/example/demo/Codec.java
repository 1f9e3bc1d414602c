package io.sessionfilter.example.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A codec for session attributes, whose jars join those of the message board, as if they were in its {@code WEB-INF/lib}.
 *
 * @param name the value of the setting {@code codec}
 * @param jars a directory; it is empty or missing for the JDK's codec, which needs none
 */
record Codec(String name, Path jars) {
    static final String JAVA = "java";

    /** Finds a codec among those that the build has put there. */
    static Codec find(String name, Path codecs) {
        Codec found = new Codec(name, codecs.resolve(name));
        if (!name.equals(JAVA) && !Files.isDirectory(found.jars)) {
            throw new IllegalArgumentException(
                    "--codec must be one of " + String.join(", ", names(codecs)) + ", but was " + name);
        }
        return found;
    }

    private static List<String> names(Path codecs) {
        List<String> names = new ArrayList<>(List.of(JAVA));
        try (Stream<Path> directories = Files.list(codecs)) {
            directories.map(each -> each.getFileName().toString()).sorted().forEach(names::add);
        } catch (IOException e) {
            throw new IllegalStateException("not built yet: " + codecs, e);
        }
        return names;
    }
}
