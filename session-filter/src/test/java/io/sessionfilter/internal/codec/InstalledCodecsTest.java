package io.sessionfilter.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.testkit.codec.CompiledClasses;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledCodecsTest {
    private static final String PROVIDER = "com.acme.AcmeProvider";

    @TempDir
    Path home;

    @Test
    void theJdksCodecIsAlwaysThere() throws Exception {
        try (InstalledCodecs codecs = find("java", getClass().getClassLoader())) {
            assertThat(codecs.chosen().name()).isEqualTo("java");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kryo", "fst", "fory"})
    void anArtifactThatIsMissingIsNamed(String codec) {
        assertThatThrownBy(() -> find(codec, getClass().getClassLoader()))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessage("there is no codec \"" + codec + "\" on the class path: add the artifact"
                        + " io.sessionfilter:session-filter-codec-" + codec + " to the application");
    }

    @Test
    void aNameThatNobodyKnowsIsAnsweredByThoseThatThereAre() {
        assertThatThrownBy(() -> find("kyro", getClass().getClassLoader()))
                .hasMessageContaining("there are java here, and artifacts")
                .hasMessageContaining("of kryo, fst, fory");
    }

    @Test
    void aCodecThatOnlyTheApplicationHasIsFound() throws Exception {
        try (URLClassLoader application =
                        application("(byte) 77", "return context.javaSerialization().decode(b, o, n)");
                InstalledCodecs codecs = find("acme", application)) {
            assertThat(codecs.chosen().id()).isEqualTo((byte) 77);
            assertThat(codecs.all()).extracting(AttributeCodec::name).containsExactly("java", "acme");
        }
    }

    @Test
    void aCodecThatDoesNotWorkHereStopsTheStartOnlyIfItWasChosen() throws Exception {
        try (URLClassLoader application =
                application("(byte) 77", "throw new IllegalStateException(\"no such luck\")")) {
            assertThatThrownBy(() -> find("acme", application))
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining("its self-test failed for a short string")
                    .hasMessageContaining("no such luck");

            try (InstalledCodecs codecs = find("java", application)) {
                assertThat(codecs.all()).extracting(AttributeCodec::name).containsExactly("java");
            }
        }
    }

    @Test
    void aCodecWithTheIdOfAnotherIsRefused() throws Exception {
        try (URLClassLoader application =
                application("(byte) 1", "return context.javaSerialization().decode(b, o, n)")) {
            assertThatThrownBy(() -> find("acme", application))
                    .hasMessageContaining("has the id 1 of the codec \"java\"");
        }
    }

    @Test
    void aProviderThatCannotBeLoadedIsToldOfWhereItMatters() throws Exception {
        CompiledClasses classes =
                new CompiledClasses(home, "com.acme.Other", "package com.acme; public class Other {}");
        register("com.acme.Gone");
        try (URLClassLoader application = classes.application(getClass().getClassLoader())) {
            assertThatThrownBy(() -> find("acme", application))
                    .hasMessageContaining("could not be loaded")
                    .hasMessageContaining("com.acme.Gone");
            assertThat(find("java", application).chosen().name()).isEqualTo("java");
        }
    }

    private static InstalledCodecs find(String name, ClassLoader application) throws AttributeCodecException {
        return InstalledCodecs.find(
                name, new ApplicationCodecContext(application, new ClassAllowList(List.of()), Codecs.LIMIT));
    }

    /** An application with a codec of its own. */
    private URLClassLoader application(String id, String decode) throws Exception {
        CompiledClasses classes =
                new CompiledClasses(home, PROVIDER, """
                package com.acme;
                import io.sessionfilter.codec.*;
                public class AcmeProvider implements AttributeCodecProvider {
                    public String name() { return "acme"; }
                    public AttributeCodec create(CodecContext context) {
                        return new AttributeCodec() {
                            public String name() { return "acme"; }
                            public byte id() { return %s; }
                            public int fingerprint() { return 0; }
                            public void encode(Object value, java.io.OutputStream sink) throws AttributeCodecException {
                                context.javaSerialization().encode(value, sink);
                            }
                            public Object decode(byte[] b, int o, int n) throws AttributeCodecException { %s; }
                            public void close() {}
                        };
                    }
                }
                """.formatted(id, decode), CompiledClasses.ofTheLibrary());
        register(PROVIDER);
        return classes.application(getClass().getClassLoader());
    }

    private void register(String provider) throws Exception {
        Path services = Files.createDirectories(home.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(AttributeCodecProvider.class.getName()), provider + "\n");
    }
}
