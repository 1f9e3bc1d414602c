package io.sessionfilter.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.codec.AttributeCodec;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Classes that only a loader of their own can see: of an application if it reads the directory, of a library if it reads the jar. */
final class CompiledClasses {
    private final Path directory;
    private final Path jar;

    CompiledClasses(Path home, String className, String source, CompiledClasses... seen) throws IOException {
        directory = Files.createDirectories(home.resolve("classes"));
        jar = home.resolve("library.jar");
        Path file = home.resolve(className.substring(className.lastIndexOf('.') + 1) + ".java");
        Files.writeString(file, source);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        directory.toString(),
                        "-proc:none",
                        "-cp",
                        classPath(seen),
                        file.toString());
        assertThat(result).as("javac").isZero();
        pack();
    }

    /** The classes of session-filter itself, to compile against. */
    static CompiledClasses ofTheLibrary() {
        try {
            return new CompiledClasses(Path.of(AttributeCodec.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompiledClasses(Path seen) {
        directory = seen;
        jar = seen;
    }

    /** A web application's loader: reads the directory. */
    URLClassLoader application(ClassLoader parent) throws IOException {
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, parent);
    }

    /** Reads the jar. */
    URLClassLoader library() throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, CompiledClasses.class.getClassLoader());
    }

    private static String classPath(CompiledClasses... seen) {
        return Stream.of(seen).map(each -> each.jar.toString()).collect(Collectors.joining(File.pathSeparator));
    }

    private void pack() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (Path each : files) {
                entries.putNextEntry(
                        new JarEntry(directory.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, entries);
                entries.closeEntry();
            }
        }
    }
}
