package io.sessionfilter.codec.fory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.codec.AttributeCodec;
import io.sessionfilter.codec.AttributeCodecException;
import io.sessionfilter.testkit.codec.CodecVerdicts;
import io.sessionfilter.testkit.codec.CompiledClasses;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.fory.type.unsigned.UInt8;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where Fory by itself would be wrong, or could not read what it has written. */
@SuppressWarnings("JdkObsolete") // applications have all these
class ForyGraphTest {
    private AttributeCodec codec;

    @BeforeEach
    void create() throws Exception {
        codec = new ForyCodecProvider().create(CodecVerdicts.context(getClass().getClassLoader()));
    }

    @AfterEach
    void close() {
        codec.close();
    }

    /** Makes a container of one value. */
    private record Kind(String name, UnaryOperator<Object> around) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> madeFirst() {
        return Stream.of(
                new Kind("ArrayList", each -> new ArrayList<>(List.of(each))),
                new Kind("LinkedList", each -> new LinkedList<>(List.of(each))),
                new Kind("ArrayDeque", each -> new ArrayDeque<>(List.of(each))),
                new Kind("Vector", each -> new Vector<>(List.of(each))),
                new Kind("LinkedHashSet", each -> new LinkedHashSet<>(List.of(each))),
                new Kind("HashMap", each -> new HashMap<>(Map.of("a", each))),
                new Kind("LinkedHashMap", each -> new LinkedHashMap<>(Map.of("a", each))),
                new Kind("TreeMap", each -> new TreeMap<>(Map.of("a", each))),
                new Kind("ConcurrentHashMap", each -> new ConcurrentHashMap<>(Map.of("a", each))),
                new Kind("ConcurrentSkipListMap", each -> new ConcurrentSkipListMap<>(Map.of("a", each))),
                new Kind("EnumMap", each -> new EnumMap<>(Map.of(TimeUnit.DAYS, each))),
                new Kind("LinkedBlockingQueue", each -> new LinkedBlockingQueue<>(List.of(each))));
    }

    static Stream<Kind> madeLast() {
        return Stream.of(
                new Kind("List.of", each -> List.of(each)),
                new Kind("List.of three", each -> List.of(1, each, 3)),
                new Kind("Stream.toList", each -> Stream.of(each, null).toList()),
                new Kind("Set.of", each -> Set.of(each)),
                new Kind("Map.of", each -> Map.of("a", each)),
                new Kind("Arrays.asList", each -> Arrays.asList(each, null)),
                new Kind("singletonList", each -> Collections.singletonList(each)),
                new Kind("singletonMap", each -> Collections.singletonMap("a", each)),
                new Kind("unmodifiableList", each -> Collections.unmodifiableList(new ArrayList<>(List.of(each)))),
                new Kind("unmodifiableMap", each -> Collections.unmodifiableMap(new HashMap<>(Map.of("a", each)))),
                new Kind("synchronizedList", each -> Collections.synchronizedList(new ArrayList<>(List.of(each)))),
                new Kind("Optional", each -> Optional.of(each)),
                new Kind("AtomicReference", each -> new AtomicReference<>(each)),
                new Kind("CopyOnWriteArrayList", each -> new CopyOnWriteArrayList<>(List.of(each))),
                new Kind("TreeSet with a comparator", each -> {
                    Set<Object> set = new TreeSet<>(new ByText());
                    set.add(each);
                    return set;
                }));
    }

    static Stream<Kind> all() {
        return Stream.concat(madeFirst(), madeLast());
    }

    @ParameterizedTest
    @MethodSource("madeFirst")
    void aContainerThatIsThereBeforeWhatItHoldsMayHoldItself(Kind kind) throws Exception {
        Holder holder = new Holder();
        holder.held = kind.around().apply(holder);

        Object read = roundTrip(holder.held);

        Object inside = read instanceof Map<?, ?> map
                ? map.values().iterator().next()
                : ((Collection<?>) read).iterator().next();
        assertThat(((Holder) inside).held).isSameAs(read);
    }

    @ParameterizedTest
    @MethodSource("madeLast")
    void oneThatIsMadeOfWhatItHoldsIsRefusedWhenItIsWrittenIfItHoldsItself(Kind kind) {
        Holder holder = new Holder();
        holder.held = kind.around().apply(holder);

        assertThatThrownBy(() -> encode(holder.held))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining(
                        "an object of class " + holder.held.getClass().getName() + " in it holds itself");
    }

    /** Fory itself writes everything, and reads less. */
    @ParameterizedTest
    @MethodSource("all")
    void whatIsNestedTooDeepToBeReadIsRefusedWhenItIsWritten(Kind kind) throws Exception {
        boolean refused = false;
        for (int depth : List.of(50, 99, 150, 199, 250, 1_000)) {
            Object value = "leaf";
            for (int i = 0; i < depth; i++) {
                value = kind.around().apply(value);
            }
            byte[] bytes;
            try {
                bytes = encode(value);
            } catch (AttributeCodecException e) {
                assertThat(e).hasMessageContaining("nested deeper than 200");
                refused = true;
                continue;
            }
            assertThat(codec.decode(bytes, 0, bytes.length)).isNotNull();
        }
        assertThat(refused).isTrue();
    }

    @Test
    void aReferenceToWhatIsNotThereYetIsRefused() throws Exception {
        byte[] bytes = encode(Stream.of(null, null).toList());
        byte[] forged = bytes.clone();
        forged[bytes.length - 6] = 1; // one element,
        forged[bytes.length - 2] = -2; // which is the object
        forged[bytes.length - 1] = 0; // with this number: the list

        assertThatThrownBy(() -> codec.decode(forged, 0, forged.length))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("it refers to an object that is not there yet");
    }

    @Test
    void aLengthIsBelievedOnlyAsFarAsThereAreBytes() throws Exception {
        byte[] list = encode(Stream.of(null, null).toList());
        list[list.length - 3] = 0x40;
        byte[] embedded = encode(new PriorityQueue<>(List.of(1)));
        embedded[5] = 0x40;

        for (byte[] forged : List.of(list, embedded)) {
            assertThatThrownBy(() -> codec.decode(forged, 0, forged.length))
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining("it is said to be longer than it is");
        }
    }

    @Test
    void whatFollowsTheEndIsRefused() throws Exception {
        byte[] bytes = encode("text");

        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 1), 0, bytes.length + 1))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("bytes behind its end");
    }

    @Test
    void theClassFilterIsAskedForForysOwnClassesToo() {
        assertThatThrownBy(() -> encode(UInt8.valueOf(1)))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("class org.apache.fory.type.unsigned.UInt8 is not allowed");
    }

    @Test
    void aQueueWithMoreRoomThanBytesIsRead() throws Exception {
        Collection<?> read = (Collection<?>) roundTrip(new ArrayBlockingQueue<>(1 << 16));

        assertThat(read).isInstanceOf(ArrayBlockingQueue.class).isEmpty();
    }

    /** Fory itself would put it there. */
    @Test
    void aFieldThatHasChangedItsTypeDoesNotTakeWhatDoesNotFit(@TempDir Path home) throws Exception {
        String bean = "package com.acme; public class Bean implements java.io.Serializable {"
                + " private static final long serialVersionUID = 1; ";
        List<List<String>> changes = List.of(
                List.of("Object", "\"x\"", "java.util.List<String>"),
                List.of("Number", "5", "short"),
                List.of("char", "'A'", "Object"),
                List.of("Integer", "7", "String"),
                List.of("java.util.Map<String, String>", "new java.util.HashMap<>()", "java.util.List<String>"),
                List.of("long", "5_000_000_000L", "int"));
        for (int i = 0; i < changes.size(); i++) {
            List<String> change = changes.get(i);
            CompiledClasses before = new CompiledClasses(
                    home.resolve("before" + i),
                    "com.acme.Bean",
                    bean + "public " + change.get(0) + " a = " + change.get(1) + "; }");
            CompiledClasses after = new CompiledClasses(
                    home.resolve("after" + i), "com.acme.Bean", bean + "public " + change.get(2) + " a; }");
            try (URLClassLoader old = before.application(getClass().getClassLoader());
                    URLClassLoader changed = after.application(getClass().getClassLoader());
                    AttributeCodec writer = new ForyCodecProvider().create(CodecVerdicts.context(old));
                    AttributeCodec reader = new ForyCodecProvider().create(CodecVerdicts.context(changed))) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                writer.encode(old.loadClass("com.acme.Bean").getConstructor().newInstance(), bytes);

                assertThatThrownBy(() -> reader.decode(bytes.toByteArray(), 0, bytes.size()))
                        .as("%s", change)
                        .isInstanceOf(AttributeCodecException.class)
                        .hasMessageMatching(".*the field a of com.acme.Bean (has changed its type|cannot hold the .*)");
            }
        }
    }

    @Test
    void aBeanOfManyFieldsIsRead(@TempDir Path home) throws Exception {
        StringBuilder fields = new StringBuilder("public String first = \"x\";");
        for (int i = 0; i < 1_000; i++) {
            fields.append(" int aFieldOfALongName").append(i).append(';');
        }
        CompiledClasses classes = new CompiledClasses(
                home,
                "com.acme.Wide",
                "package com.acme; public class Wide implements java.io.Serializable {" + fields + "}");
        try (URLClassLoader application = classes.application(getClass().getClassLoader());
                AttributeCodec writer = new ForyCodecProvider().create(CodecVerdicts.context(application));
                AttributeCodec reader = new ForyCodecProvider().create(CodecVerdicts.context(application))) {
            Object wide =
                    application.loadClass("com.acme.Wide").getConstructor().newInstance();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            writer.encode(wide, bytes);

            Object read = reader.decode(bytes.toByteArray(), 0, bytes.size());

            assertThat(read).hasFieldOrPropertyWithValue("first", "x");
        }
    }

    private Object roundTrip(Object value) throws AttributeCodecException {
        byte[] bytes = encode(value);
        return codec.decode(bytes, 0, bytes.length);
    }

    private byte[] encode(Object value) throws AttributeCodecException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.encode(value, bytes);
        return bytes.toByteArray();
    }

    private static final class Holder implements Serializable {
        private static final long serialVersionUID = 1L;
        private Object held = "";
    }

    private static final class ByText implements Comparator<Object>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public int compare(Object a, Object b) {
            return a.toString().compareTo(b.toString());
        }
    }
}
