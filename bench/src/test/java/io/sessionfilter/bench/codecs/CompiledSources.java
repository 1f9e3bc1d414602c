package io.sessionfilter.bench.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Classes that are not on the class path of the tests, in the package {@code acme}. */
final class CompiledSources {
    private CompiledSources() {}

    /**
     * Compiles a file.
     *
     * @param classes directory for the classes
     * @param name of the public class
     * @param body all that follows the imports
     */
    static void compile(Path classes, String name, String body) throws IOException {
        Files.createDirectories(classes);
        Path source = Files.writeString(
                classes.resolve(name + ".java"),
                "package acme;\nimport java.util.*;\nimport java.util.function.*;\n" + body);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-nowarn", "-d", classes.toString(), source.toString());
        assertThat(result).as("javac of " + name).isZero();
    }

    /** A factory whose body of {@code get()} is given. */
    static void factory(Path classes, String name, String body) throws IOException {
        compile(
                classes,
                name,
                "public class " + name + " implements Supplier<Object> { public Object get() { " + body + " } }");
    }

    /** Puts a directory of classes into a jar. */
    static void jar(Path classes, Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(".class")).toList();
            for (Path file : all) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
