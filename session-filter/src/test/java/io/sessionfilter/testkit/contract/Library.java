package io.sessionfilter.testkit.contract;

import io.sessionfilter.SessionFilterConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The jars that a user of the library has in {@code WEB-INF/lib}. */
final class Library {
    private Library() {}

    /** Where the library and what it brings are on this class path. */
    static List<Path> roots() {
        return Stream.of(
                        SessionFilterConfigException.class,
                        net.rubyeye.xmemcached.MemcachedClient.class,
                        com.github.benmanes.caffeine.cache.Cache.class)
                .map(SharedClasses::rootOf)
                .toList();
    }

    /** Copies the jars; the library's own classes, when the build has not packed them yet, are packed here. */
    static void copyTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Path root : roots()) {
            if (Files.isDirectory(root)) {
                pack(root, directory.resolve("session-filter.jar"));
            } else {
                Files.copy(root, directory.resolve(root.getFileName().toString()));
            }
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path source : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(source).toString().replace('\\', '/')));
                Files.copy(source, out);
                out.closeEntry();
            }
        }
    }
}
