package io.sessionfilter.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.testkit.codec.CompiledClasses;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JavaCodecRefusalTest {
    private static final String FORGED = "com.acme.lib.Gadget";

    private final JavaCodec codec = Codecs.standard();

    static Stream<Object> valuesWithLibraryClasses() throws IOException {
        return Stream.of(
                Level.INFO,
                List.of(Level.INFO),
                new HashMap<>(Map.of("key", new Holder(Level.INFO))),
                new Holder(new Level[0]),
                new Holder(new Level[0][0]),
                Level.class,
                Level[].class,
                org.assertj.core.util.diff.Delta.TYPE.CHANGE,
                Proxy.newProxyInstance(
                        JavaCodecRefusalTest.class.getClassLoader(),
                        new Class<?>[] {ch.qos.logback.core.spi.PropertyContainer.class},
                        new JavaCodecRoundTripTest.Handler("x")),
                new URL("http://example.test/"));
    }

    @ParameterizedTest
    @MethodSource("valuesWithLibraryClasses")
    void whatWouldBeRefusedWhenReadIsRefusedWhenWrittenWithTheSettingToAdd(Object value) throws Exception {
        byte[] forged = Codecs.encode(Codecs.careless(), value);

        assertThatThrownBy(() -> Codecs.encode(codec, value))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("is not allowed in a session; if it may be, add init-param allowedClasses=");
        assertThatThrownBy(() -> Codecs.decode(codec, forged))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("is not allowed in a session; if it may be, add init-param allowedClasses=");
    }

    @Test
    void theMessageNamesValueClassRefusedClassAndSetting() {
        assertThatThrownBy(() -> Codecs.encode(codec, new Holder(Level.INFO)))
                .hasMessage("a value of class " + Holder.class.getName() + " cannot be stored: class "
                        + "ch.qos.logback.classic.Level is not allowed in a session; if it may be, add init-param "
                        + "allowedClasses=ch.qos.logback.classic.Level (or ch.qos.logback.classic.**)");
    }

    @Test
    void theSettingThatTheMessageGivesAllowsTheClass() throws Exception {
        for (String pattern : List.of("ch.qos.logback.classic.Level", "ch.qos.logback.classic.**")) {
            assertThat(Codecs.roundTrip(Codecs.withAllowed(pattern), Level.INFO))
                    .isSameAs(Level.INFO);
        }
    }

    @Test
    void theSuperclassOfAnApplicationClassIsCheckedToo(@TempDir Path home) throws Exception {
        CompiledClasses library = new CompiledClasses(
                home,
                "com.acme.lib.Base",
                "package com.acme.lib; public class Base implements java.io.Serializable {}");
        CompiledClasses own = new CompiledClasses(
                home.resolve("own"),
                "com.acme.Sub",
                "package com.acme; public class Sub extends com.acme.lib.Base {}",
                library);
        try (URLClassLoader libraries = library.library();
                URLClassLoader application = own.application(libraries)) {
            Object sub = application.loadClass("com.acme.Sub").getConstructor().newInstance();

            assertThatThrownBy(() -> Codecs.encode(codec, sub))
                    .hasMessageContaining(
                            "a value of class com.acme.Sub cannot be stored: class com.acme.lib.Base is not allowed");
        }
    }

    @Test
    void aForgedClassIsRefusedWithoutBeingInitialized(@TempDir Path home) throws Exception {
        CompiledClasses classes = new CompiledClasses(home, FORGED, """
                package com.acme.lib;
                public class Gadget implements java.io.Serializable {
                    private static final long serialVersionUID = 1L;
                    static { System.setProperty("com.acme.lib.initialized", "yes"); }
                    private void readObject(java.io.ObjectInputStream in) { System.setProperty("com.acme.lib.read", "yes"); }
                }
                """);
        byte[] forged;
        try (URLClassLoader attacker = classes.library()) {
            Object gadget = attacker.loadClass(FORGED).getConstructor().newInstance();
            forged = Codecs.encode(Codecs.careless(), List.of(gadget));
        }
        assertThat(System.clearProperty("com.acme.lib.initialized")).isEqualTo("yes");

        try (URLClassLoader victim = classes.library()) {
            JavaCodec reader = new JavaCodec(victim, new ClassAllowList(List.of()), Codecs.LIMIT);

            assertThatThrownBy(() -> Codecs.decode(reader, forged))
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining(FORGED + " is not allowed");
        }
        assertThat(System.getProperty("com.acme.lib.initialized")).isNull();
        assertThat(System.getProperty("com.acme.lib.read")).isNull();
    }

    @Test
    void aProxyWithALibrarysHandlerIsRefused(@TempDir Path home) throws Exception {
        CompiledClasses classes = new CompiledClasses(home, "com.acme.lib.Handler", """
                package com.acme.lib;
                public class Handler implements java.io.Serializable, java.lang.reflect.InvocationHandler {
                    public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) { return null; }
                }
                """);
        try (URLClassLoader library = classes.library()) {
            InvocationHandler handler = (InvocationHandler)
                    library.loadClass("com.acme.lib.Handler").getConstructor().newInstance();
            Object proxy = Proxy.newProxyInstance(library, new Class<?>[] {Comparable.class}, handler);

            assertThatThrownBy(() -> Codecs.encode(codec, proxy))
                    .hasMessageContaining("com.acme.lib.Handler is not allowed");
        }
    }

    @Test
    void aRefusalThatTheValuesOwnCodeHidesIsStillARefusal() throws Exception {
        byte[] forged = Codecs.encode(Codecs.careless(), new Hiding(Level.INFO));

        assertThatThrownBy(() -> Codecs.encode(codec, new Hiding(Level.INFO)))
                .hasMessageContaining("Level is not allowed");
        assertThatThrownBy(() -> Codecs.decode(codec, forged)).hasMessageContaining("Level is not allowed");
    }

    static Stream<Object> notSerializable() {
        return Stream.of(
                Optional.of(1),
                new Object(),
                new ArrayList<>(List.of(1, 2)).subList(0, 1),
                List.of(new Thread()),
                new NotSerializableRecord(1));
    }

    @ParameterizedTest
    @MethodSource("notSerializable")
    void aValueThatIsNotSerializableIsRefusedByName(Object value) {
        assertThatThrownBy(() -> Codecs.encode(codec, value))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("a value of class " + value.getClass().getName() + " cannot be stored")
                .hasMessageContaining(" is not Serializable: let it implement java.io.Serializable");
    }

    @Test
    void theDeepestChainThatIsWrittenCanBeRead() throws Exception {
        int deepest = 0;
        for (int length = 150; length < 250; length++) {
            Link chain = Link.chain(length);
            byte[] bytes;
            try {
                bytes = Codecs.encode(codec, chain);
            } catch (AttributeCodecException e) {
                assertThat(e).hasMessageContaining("nested deeper than " + JavaCodec.MAX_WRITTEN_DEPTH);
                continue;
            }
            assertThat(((Link) Codecs.decode(codec, bytes)).length()).isEqualTo(length);
            deepest = length;
        }

        assertThat(deepest).isEqualTo(JavaCodec.MAX_WRITTEN_DEPTH - 1);
    }

    @Test
    void manyObjectsAreNotDeepObjects() throws Exception {
        List<Link> chains = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            chains.add(Link.chain(50));
        }

        assertThat((List<?>) Codecs.roundTrip(codec, chains)).hasSize(500);
    }

    @Test
    void aChainFarTooLongIsAnExceptionAndNoStackOverflow() throws Exception {
        assertThatThrownBy(() -> Codecs.encode(codec, Link.chain(1_000_000)))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("nested deeper than");
    }

    @Test
    void aValueBeyondTheLimitIsNeitherWrittenNorRead() throws Exception {
        JavaCodec small = new JavaCodec(getClass().getClassLoader(), new ClassAllowList(List.of()), 100);
        byte[] large = Codecs.encode(codec, new int[50]);

        assertThatThrownBy(() -> Codecs.encode(small, new int[50])).hasMessageContaining("more than 100 bytes");
        assertThatThrownBy(() -> Codecs.encode(small, "x".repeat(100))).hasMessageContaining("more than 100 bytes");
        assertThatThrownBy(() -> Codecs.decode(small, large)).hasMessageContaining("100 are allowed");
        assertThat(Codecs.roundTrip(small, "x".repeat(99))).isEqualTo("x".repeat(99));
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("secret"),
                new java.io.InvalidObjectException("secret"),
                new UncheckedIOException("secret", new IOException("secret")),
                new StackOverflowError("secret"),
                new OutOfMemoryError("secret"),
                new InstantiationError("X"),
                new ExceptionInInitializerError("secret"),
                new NoClassDefFoundError("X"),
                new AssertionError("secret"),
                new ConcurrentModificationException("secret"));
    }

    @ParameterizedTest
    @SuppressWarnings("StaticAssignmentOfThrowable") // a deserialized object finds it nowhere else
    @MethodSource("failures")
    void whateverAValuesOwnCodeThrowsIsACodecExceptionThatShowsNothing(Throwable thrown) throws Exception {
        Throwing.whenWriting = null;
        byte[] bytes = Codecs.encode(codec, new Throwing());
        Throwing.whenWriting = thrown;
        Throwing.whenReading = thrown;

        assertThatThrownBy(() -> Codecs.encode(codec, new Throwing()))
                .isInstanceOf(AttributeCodecException.class)
                .hasCause(thrown)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Codecs.decode(codec, bytes))
                .isInstanceOf(AttributeCodecException.class)
                .hasCause(thrown)
                .hasMessageNotContaining("secret");
    }

    @Test
    @SuppressWarnings("StaticAssignmentOfThrowable") // a deserialized object finds it nowhere else
    void anInternalErrorIsOfTheValueToo() throws Exception {
        Throwing.whenWriting = null;
        byte[] bytes = Codecs.encode(codec, new Throwing());
        Throwing.whenWriting = new InternalError("secret");
        Throwing.whenReading = new InternalError("secret");

        assertThatThrownBy(() -> Codecs.encode(codec, new Throwing()))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Codecs.decode(codec, bytes))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aJvmWideFilterStaysInForce() throws Exception {
        byte[] bytes = Codecs.encode(codec, new RefusedByTheJvm());
        assertThatCode(() -> Codecs.decode(codec, bytes)).doesNotThrowAnyException();

        // Once in the life of a JVM; it refuses one class of this test.
        ObjectInputFilter.Config.setSerialFilter(
                ObjectInputFilter.Config.createFilter("!" + RefusedByTheJvm.class.getName()));

        assertThatThrownBy(() -> Codecs.decode(codec, bytes))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("REJECTED");
        assertThatThrownBy(() -> Codecs.decode(codec, Codecs.encode(Codecs.careless(), Level.INFO)))
                .hasMessageContaining("Level is not allowed");
        assertThat(Codecs.roundTrip(codec, List.of(1))).isEqualTo(List.of(1));
    }

    @Test
    void missingAndAdditionalBytesAreErrors() throws Exception {
        for (Object value : Arrays.asList(5, true, "留言", 1.5, List.of(1, "x"), new Holder(1), new ArrayList<>())) {
            byte[] bytes = Codecs.encode(codec, value);
            for (int end = 0; end < bytes.length; end++) {
                byte[] cut = Arrays.copyOf(bytes, end);
                if (value instanceof String && end > 0 && end % 2 == 1) {
                    continue; // a shorter string is a string
                }
                assertThatThrownBy(() -> Codecs.decode(codec, cut)).isInstanceOf(AttributeCodecException.class);
            }
            for (byte more : new byte[] {0, 0x70, 0x77, 0x73, -1}) {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                longer[bytes.length] = more;
                assertThatThrownBy(() -> Codecs.decode(codec, longer)).isInstanceOf(AttributeCodecException.class);
            }
        }
    }

    @Test
    void nullIsNoStoredValue() {
        assertThatThrownBy(() -> Codecs.decode(codec, new byte[] {0, 0x70}))
                .isInstanceOf(AttributeCodecException.class);
    }

    record NotSerializableRecord(int value) {}

    record Holder(Object content) implements Serializable {}

    static final class RefusedByTheJvm implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    static final class Throwing implements Serializable {
        private static final long serialVersionUID = 1L;

        private static @Nullable Throwable whenWriting;
        private static @Nullable Throwable whenReading;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            if (whenWriting != null) {
                Throwing.<RuntimeException>throwAny(whenWriting);
            }
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            Throwing.<RuntimeException>throwAny(Objects.requireNonNull(whenReading));
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws what is not declared
        private static <T extends Throwable> void throwAny(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    /** Catches what happens while its content is written and read. */
    static final class Hiding implements Serializable {
        private static final long serialVersionUID = 1L;
        private transient Object content;

        Hiding(Object content) {
            this.content = content;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            try {
                out.writeObject(content);
            } catch (RuntimeException e) {
                out.writeInt(1);
            }
        }

        private void readObject(ObjectInputStream in) {
            try {
                content = in.readObject();
            } catch (IOException | ClassNotFoundException e) {
                content = "lost";
            }
        }
    }
}
