package io.sessionfilter.testkit.codec;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Classes that only a loader of their own can see: of an application if it reads the directory, of a library if it reads the jar. */
public final class CompiledClasses {
    private final Path directory;
    private final Path jar;

    /** One class, compiled against others. */
    public CompiledClasses(Path home, String className, String source, CompiledClasses... seen) throws IOException {
        this(home, Map.of(className, source), seen);
    }

    /** Several classes, by their names. */
    public CompiledClasses(Path home, Map<String, String> sources, CompiledClasses... seen) throws IOException {
        directory = Files.createDirectories(home.resolve("classes"));
        jar = home.resolve("library.jar");
        List<String> arguments =
                new ArrayList<>(List.of("-d", directory.toString(), "-proc:none", "-cp", classPath(seen)));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = home.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("javac").isZero();
        pack();
    }

    /** The classes of session-filter itself, to compile against. */
    public static CompiledClasses ofTheLibrary() {
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
    public URLClassLoader application(ClassLoader parent) throws IOException {
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, parent);
    }

    /** Reads the jar. */
    public URLClassLoader library() throws IOException {
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
