package io.sessionfilter.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.serializers.DefaultArraySerializers;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.serializers.OptionalSerializers;
import com.esotericsoftware.kryo.serializers.TimeSerializers;
import com.esotericsoftware.kryo.util.MapReferenceResolver;
import io.sessionfilter.codec.CodecContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * A Kryo that writes by itself only what it is known to write right: exactly these classes of the JDK, enums, arrays of objects, and {@link
 * CodecContext#isPlain plain} beans. Everything else is embedded as {@link JavaValue}.
 *
 * <p>The order of the registrations is part of the format: the classes are written by their numbers. New ones go to the end.
 */
@SuppressWarnings({"rawtypes", "JavaUtilDate", "JdkObsolete"
}) // Kryo's serializers are raw; applications have all these
final class SessionKryo extends Kryo {
    /** Levels of objects inside objects that are written, as for the JDK's codec. */
    static final int MAX_WRITTEN_DEPTH = 200;

    static final int MAX_READ_DEPTH = 300;

    private final CodecContext context;
    private final Registration java;
    private final Serializer<?> enums = new EnumByName();
    private final Serializer<?> arrays = new Containers.ObjectArray();

    /** Classes whose registration is that of another one: constants with a body, and all that Java serialization writes. */
    private final IdentityHashMap<Class<?>, Registration> others = new IdentityHashMap<>();

    SessionKryo(CodecContext context) {
        super(new CheckedClasses(context), new MapReferenceResolver());
        this.context = context;
        setClassLoader(context.classLoader());
        setRegistrationRequired(false);
        setInstantiatorStrategy(new StdInstantiatorStrategy()); // fields are all there is, so no constructor runs
        java = register(JavaValue.class, new JavaValue.Embedding(context.javaSerialization()));
        registerArrays();
        registerValues();
        registerTime();
        registerContainers();
    }

    private void registerArrays() {
        register(byte[].class, new DefaultArraySerializers.ByteArraySerializer());
        register(char[].class, new DefaultArraySerializers.CharArraySerializer());
        register(short[].class, new DefaultArraySerializers.ShortArraySerializer());
        register(int[].class, new DefaultArraySerializers.IntArraySerializer());
        register(long[].class, new DefaultArraySerializers.LongArraySerializer());
        register(float[].class, new DefaultArraySerializers.FloatArraySerializer());
        register(double[].class, new DefaultArraySerializers.DoubleArraySerializer());
        register(boolean[].class, new DefaultArraySerializers.BooleanArraySerializer());
        register(Object[].class, arrays);
        register(String[].class, arrays);
    }

    private void registerValues() {
        register(BigInteger.class, new DefaultSerializers.BigIntegerSerializer());
        register(BigDecimal.class, new DefaultSerializers.BigDecimalSerializer());
        register(Date.class, new DefaultSerializers.DateSerializer());
        register(Currency.class, new DefaultSerializers.CurrencySerializer());
        register(URI.class, new DefaultSerializers.URISerializer());
        register(UUID.class, new DefaultSerializers.UUIDSerializer());
        register(Optional.class, new OptionalSerializers.OptionalSerializer());
    }

    private void registerTime() {
        register(Duration.class, new TimeSerializers.DurationSerializer());
        register(Instant.class, new TimeSerializers.InstantSerializer());
        register(LocalDate.class, new TimeSerializers.LocalDateSerializer());
        register(LocalTime.class, new TimeSerializers.LocalTimeSerializer());
        register(LocalDateTime.class, new TimeSerializers.LocalDateTimeSerializer());
        register(ZoneOffset.class, new TimeSerializers.ZoneOffsetSerializer());
        register(ZoneId.of("Europe/Berlin").getClass(), new TimeSerializers.ZoneIdSerializer());
        register(OffsetTime.class, new TimeSerializers.OffsetTimeSerializer());
        register(OffsetDateTime.class, new TimeSerializers.OffsetDateTimeSerializer());
        register(ZonedDateTime.class, new TimeSerializers.ZonedDateTimeSerializer());
        register(Year.class, new TimeSerializers.YearSerializer());
        register(YearMonth.class, new TimeSerializers.YearMonthSerializer());
        register(MonthDay.class, new TimeSerializers.MonthDaySerializer());
        register(Period.class, new TimeSerializers.PeriodSerializer());
    }

    private void registerContainers() {
        register(ArrayList.class, new Containers.Growing(ArrayList::new));
        register(LinkedList.class, new Containers.Growing(LinkedList::new));
        register(HashSet.class, new Containers.Growing(HashSet::new));
        register(LinkedHashSet.class, new Containers.Growing(LinkedHashSet::new));
        register(TreeSet.class, new Containers.Sorted());
        register(HashMap.class, new Containers.GrowingMap(HashMap::new));
        register(LinkedHashMap.class, new Containers.GrowingMap(LinkedHashMap::new));
        register(ConcurrentHashMap.class, new Containers.GrowingMap(ConcurrentHashMap::new));
        register(TreeMap.class, new Containers.SortedByKey());
        register(Arrays.asList().getClass(), new Containers.ArrayAsList());
        register(List.of(1).getClass(), new Containers.ImmutableList());
        register(List.of().getClass(), new Containers.ImmutableList());
        register(Set.of(1).getClass(), new Containers.Finished(elements -> Set.copyOf(elements)));
        register(Set.of().getClass(), new Containers.Finished(elements -> Set.copyOf(elements)));
        register(Map.of(1, 1).getClass(), new Containers.ImmutableMap());
        register(Map.of().getClass(), new Containers.ImmutableMap());
        register(Collections.emptyList().getClass(), new DefaultSerializers.CollectionsEmptyListSerializer());
        register(Collections.emptyMap().getClass(), new DefaultSerializers.CollectionsEmptyMapSerializer());
        register(Collections.emptySet().getClass(), new DefaultSerializers.CollectionsEmptySetSerializer());
        register(Collections.singletonList(1).getClass(), new DefaultSerializers.CollectionsSingletonListSerializer());
        register(Collections.singleton(1).getClass(), new DefaultSerializers.CollectionsSingletonSetSerializer());
        register(Collections.singletonMap(1, 1).getClass(), new DefaultSerializers.CollectionsSingletonMapSerializer());
    }

    @Override
    public Registration getRegistration(Class type) {
        Registration known = getClassResolver().getRegistration(type);
        if (known == null) {
            known = others.get(type);
        }
        return known == null ? find(type) : known;
    }

    private Registration find(Class<?> type) {
        Class<?> as = type;
        if (Enum.class.isAssignableFrom(type) && type != Enum.class && !type.isEnum()) {
            as = type.getSuperclass(); // a constant with a body is of a class of its own
            Registration known = getClassResolver().getRegistration(as);
            if (known != null) {
                others.put(type, known);
                return known;
            }
        }
        if (!as.isEnum() && !Object[].class.isAssignableFrom(as) && !context.isPlain(as)) {
            others.put(type, java);
            return java;
        }
        context.check(as);
        Registration registration = getClassResolver().registerImplicit(as);
        if (as != type) {
            others.put(type, registration);
        }
        return registration;
    }

    @Override
    public Serializer<?> getDefaultSerializer(Class type) {
        if (type.isEnum()) {
            return enums;
        }
        return Object[].class.isAssignableFrom(type) ? arrays : new Fields(type);
    }
}
