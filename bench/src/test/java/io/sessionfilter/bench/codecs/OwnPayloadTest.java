package io.sessionfilter.bench.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPayloadTest {
    @TempDir
    private Path directory;

    private Path classes() {
        return directory.resolve("classes");
    }

    private Payload make(String classPath, String factory) throws BenchUsageException {
        return OwnPayload.of(classPath, factory, directory).make();
    }

    private AbstractThrowableAssert<?, ?> refusal(String classPath, String factory) {
        return assertThatThrownBy(() -> make(classPath, factory)).isInstanceOf(BenchUsageException.class);
    }

    private void compileSessions(Path classes) throws Exception {
        CompiledSources.compile(
                classes,
                "Sessions",
                "public class Sessions implements Supplier<Map<String, Object>> {"
                        + " static class Cart implements java.io.Serializable { int items = 3; }"
                        + " public Map<String, Object> get() { return Map.of(\"cart\", new Cart(), \"name\", \"Alice\"); } }");
    }

    @Test
    void itsClassesAreFoundOnTheGivenClassPathOnly() throws Exception {
        compileSessions(classes());

        Payload payload = make("classes", "acme.Sessions");

        assertThat(payload.name()).isEqualTo("yours");
        assertThat(payload.attributes()).containsEntry("name", "Alice").containsKey("cart");
        assertThat(payload.attributes().get("cart").getClass().getClassLoader()).isSameAs(payload.classLoader());
    }

    @Test
    void everyCodecHereFindsItsClasses() throws Exception {
        compileSessions(classes());
        Payload payload = make("classes", "acme.Sessions");

        assertThat(CodecsHere.names())
                .containsExactly("java", "fory", "fst", "kryo")
                .allSatisfy(
                        codec -> assertThat(Trial.of(payload, codec).refusal()).isNull());
    }

    @Test
    void aStarStandsForAllJarsInADirectory() throws Exception {
        compileSessions(classes());
        CompiledSources.jar(classes(), directory.resolve("lib/sessions.jar"));

        assertThat(make("lib" + File.separator + "*", "acme.Sessions").attributes())
                .containsKey("cart");
    }

    @Test
    void severalPlacesAreSeparatedAsOnAnyClassPath() throws Exception {
        compileSessions(classes());
        Files.createDirectories(directory.resolve("empty"));

        assertThat(make("empty" + File.pathSeparator + "classes", "acme.Sessions")
                        .attributes())
                .containsKey("cart");
    }

    @Test
    void anotherProcessMakesTheSame() throws Exception {
        OwnPayload own = OwnPayload.of("." + File.pathSeparator + directory, "acme.Sessions", directory);
        List<String> arguments = own.jvmArguments();
        try {
            arguments.forEach(argument -> {
                String[] nameAndValue = argument.substring("-D".length()).split("=", 2);
                System.setProperty(nameAndValue[0], nameAndValue[1]);
            });

            assertThat(OwnPayload.ofThisProcess()).isEqualTo(own);
        } finally {
            arguments.forEach(argument -> System.clearProperty(argument.substring(2, argument.indexOf('='))));
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        refusal("no.jar", "acme.Sessions").hasMessageContaining("\"no.jar\"").hasMessageContaining("--class-path");
        refusal("", "acme.Sessions").hasMessageContaining("--class-path");
    }

    @Test
    void aDirectoryWithoutJarsIsNoStar() {
        refusal(directory + File.separator + "*", "acme.Sessions").hasMessageContaining("there is no jar in");
    }

    @Test
    void aClassThatIsNotThereIsNamed() throws Exception {
        compileSessions(classes());

        refusal("classes", "Sessions")
                .hasMessageContaining("there is no class Sessions")
                .hasMessageContaining("full name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public class Odd {}                                                        | must implement java.util.function.Supplier",
                "public class Odd implements Supplier<Object> { private Odd() {} public Object get() { return 1; } } | public constructor",
                "public class Odd implements Supplier<Object> { public Odd(int i) {} public Object get() { return i(); } int i() { return 1; } } | public constructor",
                "public class Odd implements Supplier<Object> { public Odd() { throw new IllegalStateException(\"no database\"); } public Object get() { return 1; } } | no database",
                "public class Odd implements Supplier<Object> { static { Integer.parseInt(\"x\"); } public Object get() { return 1; } } | cannot be used",
            })
    void aClassThatMakesNoSessionsIsRefused(String body, String message) throws Exception {
        CompiledSources.compile(classes(), "Odd", body);

        refusal("classes", "acme.Odd").hasMessageContaining("acme.Odd").hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return null;                                             | supplies null",
                "return List.of(1);                                       | a Map from the names of attributes",
                "return Map.of(1, 2);                                     | no String: 1",
                "return Collections.singletonMap(\"cart\", null);         | null as the attribute \"cart\"",
                "return Map.of();                                         | without attributes",
                "throw new IllegalStateException(\"no database\");        | no database",
            })
    void whatIsNoSessionIsRefused(String body, String message) throws Exception {
        CompiledSources.factory(classes(), "Odd", body);

        refusal("classes", "acme.Odd").hasMessageContaining("acme.Odd").hasMessageContaining(message);
    }

    @Test
    void aLibraryThatIsMissingIsNamed() throws Exception {
        CompiledSources.compile(
                classes(),
                "Odd",
                "public class Odd implements Supplier<Object> { public Object get() { return Map.of(\"a\", new Library()); } }"
                        + " class Library {}");
        Files.delete(classes().resolve("acme/Library.class"));

        refusal("classes", "acme.Odd").hasMessageContaining("acme/Library").hasMessageContaining("--class-path");
    }
}
