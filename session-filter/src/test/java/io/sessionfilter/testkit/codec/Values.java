package io.sessionfilter.testkit.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
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
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

/** Values and collections of the JDK. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // applications have them in their sessions
final class Values {
    private Values() {}

    static List<TypeCase> all() {
        List<TypeCase> cases = new ArrayList<>(simple());
        cases.addAll(time());
        cases.addAll(collections());
        cases.addAll(wrappers());
        return cases;
    }

    private static List<TypeCase> simple() {
        return List.of(
                TypeCase.equal("String", () -> "text"),
                TypeCase.equal("String, empty", () -> ""),
                TypeCase.equal("String of 70,000 characters", () -> "x\u00e9".repeat(35_000)),
                TypeCase.equal("String, Chinese and emoji", () -> "留言 \ud83d\ude00 \u0000"),
                TypeCase.equal("String, unpaired surrogate", () -> "a\ud800b"),
                TypeCase.equal("Integer", () -> -5),
                TypeCase.equal("Long", () -> Long.MIN_VALUE),
                TypeCase.equal("Short", () -> (short) -300),
                TypeCase.equal("Byte", () -> (byte) -1),
                TypeCase.equal("Character", () -> '\u7559'),
                TypeCase.equal("Boolean", () -> true),
                TypeCase.equal("Float", () -> -0.0f),
                TypeCase.equal("Double", () -> Double.NaN),
                TypeCase.equal("byte[]", () -> new byte[] {1, 0, -1}),
                TypeCase.equal("int[]", () -> new int[] {1, -2, Integer.MAX_VALUE}),
                TypeCase.equal("long[]", () -> new long[] {1, Long.MIN_VALUE}),
                TypeCase.equal("double[]", () -> new double[] {1.5, Double.NaN}),
                TypeCase.equal("char[] and boolean[]", () -> new Object[] {new char[] {'a'}, new boolean[] {true}}),
                TypeCase.equal("int[][]", () -> new int[][] {{1, 2}, {}, null}),
                TypeCase.equal("String[] with null", () -> new String[] {"a", null}),
                TypeCase.equal("Object[]", () -> new Object[] {1, "a", null, 2L}),
                TypeCase.equal("array of beans", () -> new Beans.Person[] {new Beans.Person("a", 1), null}),
                TypeCase.equal("BigInteger", () -> BigInteger.TEN.pow(50).negate()),
                TypeCase.equal("BigDecimal", () -> new BigDecimal("-12.5000")),
                TypeCase.equal("UUID", () -> new UUID(-1, 2)),
                TypeCase.equal("URI", () -> URI.create("https://example.test/a?b=c#d")),
                TypeCase.equal("Locale with script", () -> Locale.forLanguageTag("zh-Hant-TW")),
                TypeCase.equal("Currency", () -> Currency.getInstance("EUR")),
                TypeCase.seen("Pattern", () -> Pattern.compile("a+", Pattern.DOTALL), p -> p.pattern() + p.flags()),
                TypeCase.equal("Class", () -> Beans.Person.class),
                TypeCase.equal("Class of an array", () -> int[][].class),
                TypeCase.equal("enum", () -> TimeUnit.DAYS),
                TypeCase.equal("enum constant with a body", () -> Beans.Colour.GREEN),
                TypeCase.seen(
                        "AtomicInteger, AtomicLong",
                        () -> new Number[] {new AtomicInteger(3), new AtomicLong(-4)},
                        numbers -> Arrays.toString(numbers)),
                TypeCase.seen("StringBuilder", () -> new StringBuilder("abc"), StringBuilder::toString));
    }

    private static List<TypeCase> time() {
        return List.of(
                TypeCase.equal("Date", () -> new Date(-1)),
                TypeCase.equal("sql.Date", () -> java.sql.Date.valueOf(LocalDate.of(2024, 2, 29))),
                TypeCase.equal("sql.Timestamp with nanoseconds", () -> {
                    Timestamp time = new Timestamp(1_700_000_000_000L);
                    time.setNanos(123_456_789);
                    return time;
                }),
                TypeCase.equal("GregorianCalendar", () -> {
                    GregorianCalendar calendar =
                            new GregorianCalendar(TimeZone.getTimeZone("Asia/Shanghai"), Locale.CHINA);
                    calendar.setTimeInMillis(1_700_000_000_000L);
                    calendar.setMinimalDaysInFirstWeek(4);
                    return calendar;
                }),
                TypeCase.equal("TimeZone", () -> TimeZone.getTimeZone("Europe/Berlin")),
                TypeCase.equal("Instant", () -> Instant.ofEpochSecond(-5, 7)),
                TypeCase.equal("LocalDate", () -> LocalDate.of(-44, 3, 15)),
                TypeCase.equal("LocalTime", () -> LocalTime.of(23, 59, 58, 7)),
                TypeCase.equal("LocalDateTime", () -> LocalDateTime.of(2024, 2, 29, 1, 2)),
                TypeCase.equal(
                        "OffsetDateTime", () -> OffsetDateTime.of(2024, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(-7))),
                TypeCase.equal(
                        "ZonedDateTime", () -> ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))),
                TypeCase.equal("Duration, Period", () -> List.of(Duration.ofNanos(-5), Period.of(1, -2, 3))),
                TypeCase.equal(
                        "Year, YearMonth, MonthDay",
                        () -> List.of(Year.of(-1), YearMonth.of(2024, 2), MonthDay.of(2, 29))),
                TypeCase.equal(
                        "ZoneId, ZoneOffset", () -> List.of(ZoneId.of("Asia/Tokyo"), ZoneOffset.ofTotalSeconds(3601))));
    }

    private static List<TypeCase> collections() {
        return List.of(
                TypeCase.equal("ArrayList", () -> new ArrayList<>(Arrays.asList(1, null, "a"))),
                TypeCase.equal("LinkedList", () -> new LinkedList<>(List.of(1, 2))),
                TypeCase.equal("HashMap with null key and value", () -> {
                    Map<Object, Object> map = new HashMap<>(Map.of("a", 1));
                    map.put(null, "b");
                    map.put("c", null);
                    return map;
                }),
                TypeCase.equal("HashMap with Integer keys", () -> new HashMap<>(Map.of(1, "a", 2, "b"))),
                TypeCase.equal("HashMap with enum keys", () -> new HashMap<>(Map.of(TimeUnit.DAYS, 1))),
                TypeCase.seen(
                        "LinkedHashMap, order",
                        () -> {
                            Map<String, Integer> map = new LinkedHashMap<>();
                            map.put("z", 1);
                            map.put("a", 2);
                            return map;
                        },
                        map -> new ArrayList<>(map.entrySet())),
                TypeCase.equal("HashSet", () -> new HashSet<>(Arrays.asList("a", null))),
                TypeCase.seen("LinkedHashSet, order", () -> new LinkedHashSet<>(List.of(3, 1, 2)), ArrayList::new),
                TypeCase.seen(
                        "TreeMap", () -> new TreeMap<>(Map.of("b", 1, "a", 2)), map -> new ArrayList<>(map.entrySet())),
                TypeCase.seen("TreeMap in reverse order", () -> reversed(), map -> new ArrayList<>(map.keySet())),
                TypeCase.seen(
                        "TreeSet, ignoring case", () -> ignoringCase(), set -> set.contains("A") + set.toString()),
                TypeCase.equal("ConcurrentHashMap", () -> new ConcurrentHashMap<>(Map.of("a", 1))),
                TypeCase.equal("ConcurrentHashMap.newKeySet", () -> {
                    Collection<String> set = ConcurrentHashMap.newKeySet();
                    set.add("a");
                    return set;
                }),
                TypeCase.equal("ConcurrentSkipListMap", () -> new ConcurrentSkipListMap<>(Map.of("b", 1, "a", 2))),
                TypeCase.equal("CopyOnWriteArrayList", () -> new CopyOnWriteArrayList<>(List.of("a", "b"))),
                TypeCase.seen("ArrayDeque", () -> new ArrayDeque<>(List.of(1, 2)), ArrayList::new),
                TypeCase.seen("PriorityQueue", () -> new PriorityQueue<>(List.of(3, 1)), PriorityQueue::peek),
                TypeCase.seen("LinkedBlockingQueue", () -> new LinkedBlockingQueue<>(List.of(1, 2)), ArrayList::new),
                TypeCase.equal("Stack", () -> {
                    Stack<String> stack = new Stack<>();
                    stack.push("a");
                    return stack;
                }),
                TypeCase.equal("BitSet", () -> BitSet.valueOf(new long[] {5, 1})),
                TypeCase.seen(
                        "Properties with defaults",
                        () -> {
                            Properties defaults = new Properties();
                            defaults.setProperty("a", "default");
                            Properties properties = new Properties(defaults);
                            properties.setProperty("b", "own");
                            return properties;
                        },
                        properties -> properties.getProperty("a") + properties.getProperty("b")),
                TypeCase.equal("EnumMap", () -> new EnumMap<>(Map.of(TimeUnit.DAYS, 1, TimeUnit.HOURS, 2))),
                TypeCase.equal("EnumSet", () -> EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS)),
                TypeCase.equal("EnumSet, empty", () -> EnumSet.noneOf(TimeUnit.class)));
    }

    private static List<TypeCase> wrappers() {
        return List.of(
                TypeCase.equal("List.of", () -> List.of("a", "b", "c")),
                TypeCase.equal("List.of, one and none", () -> new ArrayList<>(List.of(List.of(), List.of("a")))),
                TypeCase.equal("Set.of", () -> Set.of("a", "b", "c")),
                TypeCase.equal("Map.of", () -> Map.of("a", 1, "b", 2)),
                TypeCase.equal(
                        "Stream.toList with null", () -> Stream.of("a", null).toList()),
                TypeCase.equal("Arrays.asList", () -> Arrays.asList("a", null)),
                TypeCase.equal("ArrayList.subList", () -> new ArrayList<>(List.of(1, 2, 3)).subList(0, 2)),
                TypeCase.equal(
                        "Collections.empty...",
                        () -> new ArrayList<>(
                                List.of(Collections.emptyList(), Collections.emptyMap(), Collections.emptySet()))),
                TypeCase.equal("Collections.singletonList", () -> Collections.singletonList("a")),
                TypeCase.equal("Collections.singleton", () -> Collections.singleton(null)),
                TypeCase.equal("Collections.singletonMap", () -> Collections.singletonMap("a", 1)),
                TypeCase.equal("Collections.nCopies", () -> Collections.nCopies(3, "a")),
                TypeCase.equal(
                        "Collections.unmodifiableList",
                        () -> Collections.unmodifiableList(new ArrayList<>(List.of(1)))),
                TypeCase.equal(
                        "Collections.unmodifiableMap", () -> Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2)))),
                TypeCase.equal(
                        "Collections.unmodifiableSet", () -> Collections.unmodifiableSet(new HashSet<>(List.of(1)))),
                TypeCase.equal(
                        "Collections.synchronizedList",
                        () -> Collections.synchronizedList(new ArrayList<>(List.of(1)))),
                TypeCase.equal(
                        "Collections.synchronizedMap", () -> Collections.synchronizedMap(new HashMap<>(Map.of(1, 2)))),
                TypeCase.equal("Optional", () -> Optional.of("a")));
    }

    private static Map<String, Integer> reversed() {
        Map<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
        map.put("a", 1);
        map.put("b", 2);
        return map;
    }

    private static Set<String> ignoringCase() {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.add("a");
        return set;
    }
}
