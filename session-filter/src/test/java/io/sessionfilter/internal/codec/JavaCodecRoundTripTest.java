package io.sessionfilter.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.text.DecimalFormat;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "UnnecessaryStringBuilder"
}) // applications have them in their sessions
class JavaCodecRoundTripTest {
    private final JavaCodec codec = Codecs.standard();

    static Stream<Object> values() throws IOException {
        return Stream.of(
                true,
                false,
                (byte) -7,
                'x',
                (short) 300,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Float.MIN_VALUE,
                -0.0,
                Double.NaN,
                "",
                "latin \u00e9\u00ff",
                "互动留言 \ud83d\ude00",
                "unpaired \ud83d",
                new UUID(-1, 5),
                new Date(-5),
                Instant.MIN,
                Instant.MAX,
                new BigDecimal("-12.5000"),
                BigInteger.TWO.pow(200),
                URI.create("http://example.test/a?b=c"),
                InetSocketAddress.createUnresolved("example.test", 80),
                InetAddress.getByAddress("named", new byte[] {127, 0, 0, 1}),
                Timestamp.valueOf("2024-02-29 12:00:00.123456789"),
                new java.sql.Date(1000),
                new GregorianCalendar(2024, 1, 29),
                new Locale.Builder()
                        .setLanguage("zh")
                        .setScript("Hans")
                        .setRegion("CN")
                        .build(),
                TimeZone.getTimeZone("Asia/Shanghai"),
                Currency.getInstance("CNY"),
                new DecimalFormat("#,##0.00"),
                DayOfWeek.FRIDAY,
                TimeUnit.DAYS,
                String.class,
                int.class,
                int[][].class,
                Duration.ofNanos(5),
                Period.ofDays(3),
                LocalDate.of(2024, 2, 29),
                LocalTime.MIDNIGHT,
                LocalDateTime.MIN,
                OffsetDateTime.MAX,
                Year.of(2024),
                YearMonth.of(2024, 2),
                ZoneId.of("Asia/Shanghai"),
                ZoneOffset.ofHours(8),
                ZonedDateTime.of(2024, 2, 29, 1, 2, 3, 4, ZoneId.of("Europe/Berlin")),
                new ArrayList<>(Arrays.asList(1, null, "x")),
                new LinkedList<>(List.of(1, 2)),
                new HashMap<>(Map.of("a", 1, "b", 2)),
                new LinkedHashMap<>(Map.of(1, "a")),
                new HashSet<>(List.of(1, 2)),
                new LinkedHashSet<>(List.of(2, 1)),
                new ConcurrentHashMap<>(Map.of("a", List.of())),
                new ConcurrentSkipListMap<>(Map.of("a", 1)),
                new TreeMap<>(Map.of("b", 1, "a", 2)),
                treeMap(String.CASE_INSENSITIVE_ORDER),
                treeMap(Collections.reverseOrder()),
                treeMap(Comparator.nullsFirst(Comparator.naturalOrder())),
                treeMap((Comparator<String> & Serializable) (a, b) -> b.compareTo(a)),
                new TreeSet<>(List.of(3, 1)),
                new EnumMap<>(Map.of(Colour.RED, 1)),
                EnumSet.of(Colour.GREEN),
                EnumSet.noneOf(Colour.class),
                new Stack<String>(),
                properties(),
                BitSet.valueOf(new long[] {5}),
                List.of(),
                List.of(1),
                List.of(1, 2, 3),
                Set.of(1, 2, 3),
                Map.of(),
                Map.of("a", 1, "b", 2),
                Stream.of(1, 2).toList(),
                Arrays.asList(1, null),
                Collections.emptyList(),
                Collections.emptyMap(),
                Collections.singletonList(1),
                Collections.singletonMap(1, 2),
                Collections.singleton(1),
                Collections.nCopies(3, "x"),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Collections.unmodifiableMap(new TreeMap<>(Map.of(1, 2))),
                Collections.unmodifiableSet(new HashSet<>(List.of(1))),
                Collections.synchronizedList(new ArrayList<>(List.of(1))),
                Collections.synchronizedMap(new HashMap<>(Map.of(1, 2))),
                Collections.checkedList(new ArrayList<>(List.of("a")), String.class),
                new java.util.AbstractMap.SimpleEntry<>("a", 1),
                new CopyOnWriteArrayList<>(List.of(1)),
                Colour.RED,
                Colour.GREEN,
                new Item("cup", new BigDecimal("1.5")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyValueTypeComesBackEqualAndOfTheSameClass(Object value) throws Exception {
        Object read = Codecs.roundTrip(codec, value);

        assertThat(read).isEqualTo(value).hasSameClassAs(value);
    }

    static Stream<Object> valuesWithoutEquals() {
        IdentityHashMap<Object, Object> identity = new IdentityHashMap<>();
        identity.put("a", 1);
        return Stream.of(
                new ArrayDeque<>(List.of(1, 2)),
                new PriorityQueue<>(List.of(3, 1)),
                new LinkedBlockingQueue<>(List.of(1)),
                new AtomicInteger(3),
                new AtomicLong(4),
                new StringBuilder("abc"),
                Pattern.compile("a+"),
                identity,
                Collections.unmodifiableCollection(new ArrayList<>(List.of(1))));
    }

    @ParameterizedTest
    @MethodSource("valuesWithoutEquals")
    void valuesWithoutEqualsComeBackWithTheSameContent(Object value) throws Exception {
        Object read = Codecs.roundTrip(codec, value);

        assertThat(read).hasSameClassAs(value).hasToString(value.toString());
    }

    @Test
    void arraysComeBack() throws Exception {
        assertThat(Codecs.roundTrip(codec, new byte[] {1, 0, -1})).isEqualTo(new byte[] {1, 0, -1});
        assertThat(Codecs.roundTrip(codec, new String[] {"a", null})).isEqualTo(new String[] {"a", null});
        assertThat(Codecs.roundTrip(codec, new long[5000])).isEqualTo(new long[5000]);
        assertThat(Codecs.roundTrip(codec, new Object[] {1, new int[][] {{1}, {}}}))
                .isEqualTo(new Object[] {1, new int[][] {{1}, {}}});
        assertThat(Codecs.roundTrip(codec, new Item[] {new Item("a", BigDecimal.ONE)}))
                .isEqualTo(new Item[] {new Item("a", BigDecimal.ONE)});
    }

    @Test
    void exceptionsComeBackWithTheirStackTrace() throws Exception {
        Exception thrown = new IllegalStateException("outer", new IOException("inner"));
        thrown.addSuppressed(new java.sql.SQLException("also"));

        Exception read = (Exception) Codecs.roundTrip(codec, thrown);

        assertThat(read).hasMessage("outer").hasRootCauseMessage("inner");
        assertThat(read.getSuppressed()).hasSize(1);
        assertThat(read.getStackTrace()).isEqualTo(thrown.getStackTrace());
    }

    @Test
    void cyclesAndSharedObjectsKeepTheirIdentity() throws Exception {
        List<Object> shared = new ArrayList<>(List.of("x"));
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        map.put("a", shared);
        map.put("view", Collections.unmodifiableList(shared));

        @SuppressWarnings("unchecked")
        Map<String, Object> read = (Map<String, Object>) Codecs.roundTrip(codec, map);

        assertThat(read.get("self")).isSameAs(read);
        @SuppressWarnings("unchecked")
        List<Object> readShared = (List<Object>) read.get("a");
        assertThat(readShared).isEqualTo(List.of("x"));
        Objects.requireNonNull(readShared).add("y");
        assertThat(read.get("view")).isEqualTo(List.of("x", "y"));
    }

    @Test
    void proxiesWithAHandlerOfTheApplicationComeBack() throws Exception {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CharSequence.class, PackagePrivate.class},
                new Handler("hello"));

        Object read = Codecs.roundTrip(codec, proxy);

        assertThat(read).isInstanceOf(PackagePrivate.class).hasToString("hello");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 40, 150})
    void chainsOfObjectsComeBack(int length) throws Exception {
        Link chain = Link.chain(length);

        assertThat(((Link) Codecs.roundTrip(codec, chain)).length()).isEqualTo(length);
    }

    @Test
    void collectionsMayBeLongAndOddlySized() throws Exception {
        Map<Object, Object> sparse = new HashMap<>(10_000, 0.25f);
        Map<Object, Object> dense = new HashMap<>(4, 0.25f);
        List<Object> manyEmpty = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            dense.put(i, null);
            manyEmpty.add(i % 2 == 0 ? new HashMap<>() : new HashSet<>());
        }
        sparse.put("a", 1);
        Object[] nulls = new Object[100_000];

        for (Object value : List.of(sparse, dense, new HashSet<>(dense.keySet()), manyEmpty)) {
            assertThat(Codecs.roundTrip(codec, value)).isEqualTo(value);
        }
        assertThat(Codecs.roundTrip(codec, nulls)).isEqualTo(nulls);
    }

    @Test
    void smallValuesTakeAByteMoreThanTheirContent() throws Exception {
        assertThat(Codecs.encode(codec, "name")).hasSize(5);
        assertThat(Codecs.encode(codec, "留言")).hasSize(5);
        assertThat(Codecs.encode(codec, 1)).hasSize(5);
        assertThat(Codecs.encode(codec, 1L)).hasSize(9);
        assertThat(Codecs.encode(codec, true)).hasSize(1);
    }

    @Test
    void bytesOfTheFirstReleaseStayReadable() throws Exception {
        assertThat(Codecs.decode(codec, "\1caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("caf\u00e9");
        assertThat(Codecs.decode(codec, new byte[] {2, 0x75, 0x59})).isEqualTo("\u7559");
        assertThat(Codecs.decode(codec, new byte[] {3, 0, 0, 1, 0})).isEqualTo(256);
        assertThat(Codecs.decode(codec, new byte[] {4, 0, 0, 0, 0, 0, 0, 1, 0})).isEqualTo(256L);
        assertThat(Codecs.decode(codec, new byte[] {5})).isEqualTo(false);
        assertThat(Codecs.decode(codec, new byte[] {6})).isEqualTo(true);
        assertThat(Codecs.decode(codec, new byte[] {7, 0x3f, (byte) 0xf0, 0, 0, 0, 0, 0, 0}))
                .isEqualTo(1.0);
        assertThat(Codecs.decode(codec, new byte[] {8, 0x3f, (byte) 0x80, 0, 0}))
                .isEqualTo(1.0f);
        assertThat(Codecs.decode(codec, new byte[] {9, 1, 0})).isEqualTo((short) 256);
        assertThat(Codecs.decode(codec, new byte[] {10, -1})).isEqualTo((byte) -1);
        assertThat(Codecs.decode(codec, new byte[] {11, 0, 65})).isEqualTo('A');
        assertThat(Codecs.decode(codec, new byte[] {12, 1, 2})).isEqualTo(new byte[] {1, 2});
        assertThat(Codecs.decode(codec, new byte[] {13, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2}))
                .isEqualTo(new UUID(1, 2));
        assertThat(Codecs.decode(codec, new byte[] {14, 0, 0, 0, 0, 0, 0, 0, 3}))
                .isEqualTo(new Date(3));
        assertThat(Codecs.decode(codec, new byte[] {15, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4}))
                .isEqualTo(Instant.ofEpochSecond(3, 4));
        // {0} and a stream of Java serialization without its header: an ArrayList of one null
        byte[] list = java.util.HexFormat.of()
                .parseHex(
                        "00737200136a6176612e7574696c2e41727261794c6973747881d21d99c7619d03000149000473697a65787000000001"
                                + "7704000000017078");
        assertThat(Codecs.decode(codec, list)).isEqualTo(Collections.singletonList(null));
    }

    private static Map<String, Integer> treeMap(Comparator<String> order) {
        Map<String, Integer> map = new TreeMap<>(order);
        map.put("b", 1);
        map.put("a", 2);
        return map;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        return properties;
    }

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    record Item(String name, BigDecimal price) implements Serializable {}

    interface PackagePrivate {}

    static final class Handler implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1L;
        private final String text;

        Handler(String text) {
            this.text = text;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            return method.invoke(text, arguments);
        }
    }
}
