package io.sessionfilter.testkit.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.codec.AttributeCodecProvider;
import io.sessionfilter.codec.ClassFilter;
import io.sessionfilter.codec.CodecContext;
import io.sessionfilter.internal.codec.ApplicationCodecContext;
import io.sessionfilter.internal.codec.CodecSelfTest;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every codec must do. A test of a codec extends this, and has its column in {@code docs/codecs.md}. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CodecContract {
    private static final int MUTATIONS = 2_000;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AttributeCodec codec;

    /** Of the codec that is tested; on the class path too, as a service (but that of the JDK). */
    protected abstract AttributeCodecProvider provider();

    /** Whether it works in a JVM that denies {@code sun.misc.Unsafe}, as later ones will. */
    protected abstract boolean worksWithoutUnsafe();

    /**
     * The most that reading so many damaged bytes may allocate: by each byte, of which the tables of hash maps are the most; and anyway, by class
     * loading on first use, stack traces of the exceptions, a new instance of the serializer.
     */
    protected long mostAllocated(int bytes) {
        return 200L * bytes + (4 << 20);
    }

    /** How many of so many damaged values must be noticed at the least; the others are read as something else. */
    protected int fewestRefused(int damaged) {
        return damaged / 4;
    }

    @BeforeEach
    void create() throws Exception {
        codec = provider().create(CodecVerdicts.context(getClass().getClassLoader()));
    }

    @AfterEach
    void close() {
        codec.close();
    }

    @Test
    void nameIdAndFingerprintAreConstant() throws Exception {
        AttributeCodec other =
                provider().create(CodecVerdicts.context(getClass().getClassLoader()));

        assertThat(codec.name()).isEqualTo(provider().name()).isEqualTo(other.name());
        assertThat(codec.id()).isPositive().isEqualTo(other.id());
        assertThat(codec.fingerprint()).isEqualTo(other.fingerprint());
    }

    @Test
    void itsSelfTestPasses() throws Exception {
        CodecSelfTest.run(codec, CodecVerdicts.MAX_BYTES);
    }

    static Stream<TypeCase> typeCases() {
        return CodecVerdicts.typeCases().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typeCases")
    void noValueComesBackWrong(TypeCase each) {
        assertThat(each.of(codec)).matches(Verdict::isHonest);
    }

    @Test
    void theVerdictsAreThoseOfTheTable() throws Exception {
        Map<String, String> verdicts = new LinkedHashMap<>();
        CodecVerdicts.of(provider()).forEach((name, verdict) -> verdicts.put(name, verdict.toString()));

        assertThat(lines(verdicts)).isEqualTo(lines(CodecTable.column(codec.name())));
        assertThat(verdicts.values()).doesNotContain(Verdict.WRONG.toString(), Verdict.UNREADABLE.toString());
    }

    @Test
    void whatAnotherAppNodeHasMetBeforeMakesNoDifference() throws Exception {
        long seed = System.nanoTime();
        Map<String, String> expected = CodecTable.column(codec.name());
        Random random = new Random(seed);

        for (int n = 0; n < 4; n++) {
            CodecVerdicts.ofTwo(provider(), random)
                    .forEach((name, verdict) ->
                            assertThat(verdict).as("%s; seed %d", name, seed).hasToString(expected.get(name)));
        }
    }

    @Test
    void theNewestJdkHereGivesTheSameVerdicts() throws Exception {
        assertThat(askAnotherJvm(22)).isEqualTo(lines(CodecTable.column(codec.name())));
    }

    @Test
    void aJvmWithoutUnsafeGivesTheSameVerdictsOrSaysAtStartThatItCannotBeUsed() throws Exception {
        String answer = askAnotherJvm(24, "--sun-misc-unsafe-memory-access=deny");

        if (worksWithoutUnsafe()) {
            assertThat(answer).isEqualTo(lines(CodecTable.column(codec.name())));
        } else {
            assertThat(answer)
                    .startsWith("cannot be used: ")
                    .contains("\"" + codec.name() + "\"", "--sun-misc-unsafe-memory-access=allow");
        }
    }

    private String askAnotherJvm(int version, String... options) throws Exception {
        Optional<Path> java = NewestJdk.java(version);
        assumeTrue(java.isPresent(), "no JDK " + version + " or newer is installed beside this one");
        List<String> command = new ArrayList<>(List.of(java.get().toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), CodecVerdicts.class.getName(), codec.name()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .lines()
                    .filter(line -> line.indexOf('\t') > 0 || line.startsWith("cannot be used: "))
                    .reduce((all, line) -> all + "\n" + line)
                    .orElse("");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String lines(Map<String, String> verdicts) {
        return verdicts.entrySet().stream()
                .map(each -> each.getKey() + "\t" + each.getValue())
                .reduce((all, line) -> all + "\n" + line)
                .orElse("");
    }

    @Test
    void randomValuesComeBackEqual() throws Exception {
        long seed = System.nanoTime();
        RandomValues random = new RandomValues(seed);

        for (int i = 0; i < 2_000; i++) {
            Object value = random.next();
            assertThat(roundTrip(value))
                    .as("seed %d, value %d", seed, i)
                    .isEqualTo(value)
                    .hasSameClassAs(value);
        }
    }

    @Test
    void onlyTheGivenRangeIsRead() throws Exception {
        for (Object value : List.of("text", 5, List.of("a", 1), new Beans.Person("a", 1))) {
            byte[] bytes = encode(codec, value);
            byte[] inside = new byte[bytes.length + 20];
            Arrays.fill(inside, (byte) 0x70);
            System.arraycopy(bytes, 0, inside, 7, bytes.length);

            assertThat(codec.decode(inside, 7, bytes.length)).isEqualTo(value);
        }
    }

    @Test
    void moreBytesThanAllowedAreRefused() throws Exception {
        CodecContext narrow = CodecVerdicts.context(getClass().getClassLoader(), 5_000);
        byte[] bytes = encode(codec, "x".repeat(6_000));
        try (AttributeCodec bounded = provider().create(narrow)) {
            assertThatThrownBy(() -> encode(bounded, new ArrayList<>(List.of("x".repeat(6_000)))))
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining("more than 5000 bytes");
            assertThatThrownBy(() -> bounded.decode(bytes, 0, bytes.length))
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining("5000");
            assertThat(encode(bounded, "x".repeat(3_000))).isNotEmpty();
        }
    }

    @Test
    void aValueThatIsChangedMeanwhileIsSaidToBe() {
        List<Object> list = new ArrayList<>();
        list.add(new ChangesItsList(list));
        list.add("second");

        assertThatThrownBy(() -> encode(codec, list))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("was changed by another thread while it was being stored");
    }

    /** Adds to the list that it is in when it is written. */
    private static final class ChangesItsList implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
        private final transient List<Object> list;

        ChangesItsList(List<Object> list) {
            this.list = list;
        }

        private void writeObject(java.io.ObjectOutputStream out) throws java.io.IOException {
            out.defaultWriteObject();
            list.add("third");
        }
    }

    // Hostile bytes

    @Test
    void damagedBytesAreAnExceptionOrAValueAndNeverALargeAllocation() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] original = encode(codec, session());
        int exceptions = 0;

        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damaged = Damage.of(original, random);
            long before = thread.getCurrentThreadAllocatedBytes();
            try {
                assertThat(codec.decode(damaged, 0, damaged.length)).isNotNull();
            } catch (AttributeCodecException e) {
                exceptions++;
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", mutation " + i, e);
            }
            long allocated = thread.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated)
                    .as("bytes allocated; seed %d, mutation %d", seed, i)
                    .isLessThan(mostAllocated(damaged.length));
        }

        assertThat(exceptions).as("exceptions; seed %d", seed).isGreaterThan(fewestRefused(MUTATIONS));
    }

    @Test
    void bytesThatNoCodecWroteAreAnExceptionOrAValue() {
        long seed = System.nanoTime();
        Random random = new Random(seed);

        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            try {
                assertThat(codec.decode(bytes, 0, bytes.length)).isNotNull();
            } catch (AttributeCodecException e) {
                assertThat(e).hasMessageStartingWith("a stored value cannot be read: ");
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", bytes " + Arrays.toString(bytes), e);
            }
        }
    }

    private static Object session() {
        Map<String, Object> session = new HashMap<>();
        session.put("user", new Beans.Employee("留言", "title"));
        session.put("records", new ArrayList<>(List.of(new Beans.Row("a", 1, List.of("x")))));
        session.put("map", new HashMap<>(Map.of("a", new int[100], "b", List.of(1, 2, 3))));
        session.put("view", Collections.unmodifiableList(new ArrayList<>(List.of("a", 5L))));
        session.put("chain", Beans.Node.chain(10));
        session.put("text", "x".repeat(300));
        session.put("chinese", "留".repeat(100));
        session.put("enum", Beans.Colour.GREEN);
        session.put("when", java.time.Instant.EPOCH);
        session.put("price", new java.math.BigDecimal("12.50"));
        session.put("set", new HashSet<>(List.of(TimeUnit.DAYS, 2L, "c")));
        session.put("sorted", new TreeMap<>(Map.of("a", Locale.CHINA)));
        session.put("concurrent", new ConcurrentHashMap<>(Map.of("x", Beans.Node.chain(10))));
        session.put("failure", new IllegalStateException("x"));
        return session;
    }

    // Classes

    @Test
    void aClassThatIsNotAllowedIsRefusedWhenItIsWrittenAndWhenItIsReadWhereverItIs(@TempDir Path home)
            throws Exception {
        CompiledClasses classes = new CompiledClasses(
                home,
                Map.of(
                        "com.acme.Cart",
                                "package com.acme; public class Cart implements java.io.Serializable { int n = 1; }",
                        "com.acme.Note",
                                "package com.acme; public record Note(String text) implements java.io.Serializable {"
                                        + " public Note() { this(\"a\"); } }",
                        "com.acme.Level",
                                "package com.acme; public enum Level { LOW; public static Object get() { return LOW; } }"));
        try (URLClassLoader library = classes.library()) {
            Object cart = create(library, "com.acme.Cart");
            List<Object> values = List.of(
                    cart,
                    create(library, "com.acme.Note"),
                    library.loadClass("com.acme.Level").getMethod("get").invoke(null),
                    java.lang.reflect.Array.newInstance(cart.getClass(), 1),
                    new ArrayList<>(List.of(cart)),
                    Collections.unmodifiableList(new ArrayList<>(List.of(cart))), // what is embedded is checked too
                    new HashMap<>(Map.of("class", cart.getClass())));
            try (AttributeCodec strict = provider().create(CodecVerdicts.context(library));
                    AttributeCodec careless = provider().create(allowingAll(library))) {
                for (Object value : values) {
                    byte[] bytes = encode(careless, value);
                    assertThat(careless.decode(bytes, 0, bytes.length)).isNotNull();
                    assertThatThrownBy(() -> encode(strict, value))
                            .as("writing %s", value.getClass())
                            .isInstanceOf(AttributeCodecException.class)
                            .hasMessageContaining("class com.acme.")
                            .hasMessageContaining("allowedClasses=com.acme.");
                    assertThatThrownBy(() -> strict.decode(bytes, 0, bytes.length))
                            .as("reading %s", value.getClass())
                            .isInstanceOf(AttributeCodecException.class)
                            .hasMessageContaining("class com.acme.")
                            .hasMessageContaining("allowedClasses=com.acme.");
                }
            }
        }
    }

    private static CodecContext allowingAll(ClassLoader application) {
        return new ApplicationCodecContext(
                application,
                new ClassFilter() {
                    @Override
                    public boolean allows(Class<?> type) {
                        return true;
                    }

                    @Override
                    public String howToAllow(String className) {
                        return "nothing";
                    }
                },
                CodecVerdicts.MAX_BYTES);
    }

    @Test
    void aClassThatTheApplicationLacksIsNamed(@TempDir Path home) throws Exception {
        CompiledClasses classes = new CompiledClasses(
                home,
                "com.acme.Cart",
                "package com.acme; public class Cart implements java.io.Serializable { int n = 1; }");
        try (URLClassLoader application = classes.application(getClass().getClassLoader());
                AttributeCodec writer = provider().create(CodecVerdicts.context(application))) {
            byte[] bytes = encode(writer, create(application, "com.acme.Cart"));

            assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length))
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining("the application has no class com.acme.Cart");
        }
    }

    @Test
    void theApplicationsLoaderIsNotKeptAlive(@TempDir Path home) throws Exception {
        CompiledClasses classes = new CompiledClasses(
                home,
                "com.acme.Cart",
                "package com.acme; public class Cart implements java.io.Serializable { int n = 1; Cart next;"
                        + " enum Size { S { }, L } Object size = Size.S; record Row(int n) implements java.io.Serializable {}"
                        + " Object row = new Row(1); Object array = new Cart[1];"
                        + " java.util.Set<Size> sizes = java.util.EnumSet.of(Size.L); }");
        ExecutorService threads = Executors.newFixedThreadPool(2); // as those of a container, which go on
        try {
            WeakReference<ClassLoader> loader = useAndForget(classes, threads);

            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (loader.get() != null && System.nanoTime() < deadline) {
                System.gc();
                Thread.onSpinWait();
            }
            assertThat(loader.get()).isNull();
        } finally {
            threads.shutdownNow();
        }
    }

    private WeakReference<ClassLoader> useAndForget(CompiledClasses classes, ExecutorService threads) throws Exception {
        try (URLClassLoader application = classes.application(getClass().getClassLoader())) {
            AttributeCodec redeployed = provider().create(CodecVerdicts.context(application));
            for (int i = 0; i < 4; i++) {
                threads.submit(() -> {
                            byte[] bytes = encode(redeployed, List.of(create(application, "com.acme.Cart")));
                            return redeployed.decode(bytes, 0, bytes.length).hashCode();
                        })
                        .get();
            }
            redeployed.close();
            return new WeakReference<>(application);
        }
    }

    private static Object create(ClassLoader loader, String name) throws ReflectiveOperationException {
        return loader.loadClass(name).getConstructor().newInstance();
    }

    // Threads

    @Test
    void manyThreadsMayUseOneCodec() throws Exception {
        hammer(Executors.newFixedThreadPool(8), 8);
    }

    @Test
    void manyVirtualThreadsMayUseOneCodec() throws Exception {
        Method factory;
        try {
            factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        } catch (NoSuchMethodException e) {
            assumeTrue(false, "this JDK has no virtual threads");
            return;
        }
        hammer((ExecutorService) factory.invoke(null), 100);
    }

    private void hammer(ExecutorService threads, int tasks) throws Exception {
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                long seed = System.nanoTime() + i;
                running.add(threads.submit(() -> {
                    RandomValues random = new RandomValues(seed);
                    for (int n = 0; n < 800 / tasks; n++) {
                        Object value = random.next();
                        assertThat(roundTrip(value)).as("seed %d", seed).isEqualTo(value);
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Object roundTrip(Object value) throws AttributeCodecException {
        byte[] bytes = encode(codec, value);
        return codec.decode(bytes, 0, bytes.length);
    }

    private static byte[] encode(AttributeCodec codec, Object value) throws AttributeCodecException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.encode(value, bytes);
        return bytes.toByteArray();
    }
}
