package io.sessionfilter.internal.session;

import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
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
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Knows by their class which attribute values cannot change, so that one that was only handed out need not be encoded and compared at
 * the end of the request. When in doubt a value may change: that costs time and loses nothing, the opposite would lose an update.
 *
 * <p>Immutable are the JDK's value types, enums (of which only the name is stored), records of nothing but final immutable types, classes
 * with any annotation named {@code Immutable} that is present at run time, and those that the application names in its settings.
 * Collections never are, since {@code List.of} may hold what can change.
 *
 * <p>Safe for use by many threads. Decided once for each class, and kept with the class, so that no class loader is kept alive.
 */
public final class ImmutableTypes {
    private static final Set<Class<?>> VALUES = Set.of(
            Boolean.class,
            Byte.class,
            Character.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            Class.class,
            BigDecimal.class,
            BigInteger.class,
            MathContext.class,
            Duration.class,
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class,
            MonthDay.class,
            OffsetDateTime.class,
            OffsetTime.class,
            Period.class,
            Year.class,
            YearMonth.class,
            ZonedDateTime.class,
            HijrahDate.class,
            JapaneseDate.class,
            MinguoDate.class,
            ThaiBuddhistDate.class,
            Currency.class,
            Locale.class,
            Pattern.class,
            URI.class,
            UUID.class);

    private final Predicate<String> declaredImmutable;
    private final ClassValue<Boolean> decisions = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return decide(type, new HashSet<>());
        }
    };

    /**
     * Makes one.
     *
     * @param declaredImmutable which classes, by name, the application's settings say are immutable
     */
    public ImmutableTypes(Predicate<String> declaredImmutable) {
        this.declaredImmutable = declaredImmutable;
    }

    /** Whether the value is known never to change. */
    public boolean isImmutable(Object value) {
        return decisions.get(value.getClass());
    }

    /**
     * Decides about objects of exactly this class.
     *
     * @param asked records on the way here: one that contains itself is as immutable as its other components
     */
    private boolean decide(Class<?> type, Set<Class<?>> asked) {
        return VALUES.contains(type)
                || Enum.class.isAssignableFrom(type)
                || ZoneId.class.isAssignableFrom(type) // has no subclasses outside the JDK
                || hasImmutableAnnotation(type)
                || declaredImmutable.test(type.getName())
                || (type.isRecord() && hasImmutableComponents(type, asked));
    }

    /** Only the class's own annotation counts: a subclass may add what changes. */
    private static boolean hasImmutableAnnotation(Class<?> type) {
        for (Annotation annotation : type.getDeclaredAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals("Immutable")) {
                return true;
            }
        }
        return false;
    }

    private boolean hasImmutableComponents(Class<?> type, Set<Class<?>> asked) {
        if (!asked.add(type)) {
            return true;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!holdsOnlyImmutable(component.getType(), asked)) {
                return false;
            }
        }
        return true;
    }

    /** Whether whatever a variable of this type refers to is immutable: there must be no subclass that is not. */
    private boolean holdsOnlyImmutable(Class<?> type, Set<Class<?>> asked) {
        if (type.isPrimitive()) {
            return true;
        }
        boolean closed = Modifier.isFinal(type.getModifiers()) || type.isEnum() || type == ZoneId.class;
        return closed && decide(type, asked);
    }
}
