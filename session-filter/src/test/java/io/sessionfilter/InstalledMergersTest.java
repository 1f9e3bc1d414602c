package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.merge.AttributeMerger;
import io.sessionfilter.merge.AttributeMergerProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstalledMergersTest {
    private static final ClassLoader APPLICATION = InstalledMergersTest.class.getClassLoader();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    /** Of numbers. */
    public static final class Sum implements AttributeMerger {
        @Override
        public Object merge(@Nullable Object base, Object mine, Object theirs) {
            return (Integer) mine + (Integer) theirs;
        }
    }

    /** What no merger may do. */
    public static final class Failing implements AttributeMerger {
        public Failing() {
            throw new IllegalStateException("out of order");
        }

        @Override
        public Object merge(@Nullable Object base, Object mine, Object theirs) {
            return mine;
        }
    }

    /** As a library brings it along. */
    public static final class Library implements AttributeMergerProvider {
        @Override
        public Map<String, AttributeMerger> mergers() {
            return Map.of("count", new Sum(), "cart", (base, mine, theirs) -> theirs);
        }
    }

    /** Another one, for the same attribute. */
    public static final class OtherLibrary implements AttributeMergerProvider {
        @Override
        public Map<String, AttributeMerger> mergers() {
            return Map.of("count", (base, mine, theirs) -> mine);
        }
    }

    private URLClassLoader withProviders(Class<?>... providers) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        StringBuilder names = new StringBuilder();
        for (Class<?> provider : providers) {
            names.append(provider.getName()).append('\n');
        }
        Files.writeString(services.resolve(AttributeMergerProvider.class.getName()), names);
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, APPLICATION);
    }

    @Test
    void aClassOfTheSettingMergesItsAttribute() {
        AttributeMerger merger = InstalledMergers.find(Map.of("count", Sum.class.getName()), APPLICATION)
                .get("count");

        assertThat(merger).isInstanceOf(Sum.class);
    }

    @Test
    void libraryBringsItsMergersAlong() throws Exception {
        try (URLClassLoader loader = withProviders(Library.class)) {
            assertThat(InstalledMergers.find(Map.of(), loader)).containsOnlyKeys("count", "cart");
        }
    }

    @Test
    void theSettingCountsMoreThanALibrary() throws Exception {
        try (URLClassLoader loader = withProviders(OtherLibrary.class)) {
            assertThat(InstalledMergers.find(Map.of("count", Sum.class.getName()), loader))
                    .hasEntrySatisfying("count", merger -> assertThat(merger).isInstanceOf(Sum.class));
        }
    }

    @Test
    void twoLibrariesWithAMergerForOneAttributeAreRefused() throws Exception {
        try (URLClassLoader loader = withProviders(Library.class, OtherLibrary.class)) {
            assertThatThrownBy(() -> InstalledMergers.find(Map.of(), loader))
                    .isInstanceOf(SessionFilterConfigException.class)
                    .hasMessageContaining("attribute \"count\" has two mergers");
        }
    }

    @Test
    void aProviderThatIsNoneIsRefused() throws Exception {
        try (URLClassLoader loader = withProviders(Failing.class)) {
            assertThatThrownBy(() -> InstalledMergers.find(Map.of(), loader))
                    .isInstanceOf(SessionFilterConfigException.class)
                    .hasMessageContaining("AttributeMergerProvider");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.acme.Nobody | there is no such class",
                "java.lang.String | must implement io.sessionfilter.merge.AttributeMerger",
                "java.lang.Integer | its constructor without parameters must be public",
                "io.sessionfilter.InstalledMergersTest$Failing | out of order"
            })
    void aClassThatCannotMergeStopsTheStartAndIsNamed(String className, String problem) {
        assertThatThrownBy(() -> InstalledMergers.find(Map.of("count", className), APPLICATION))
                .isInstanceOf(SessionFilterConfigException.class)
                .hasMessageStartingWith("attributeMergers: count=" + className)
                .hasMessageContaining(problem);
    }
}
