package io.sessionfilter.internal.codec;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Which of the JDK's classes a session may hold: its values, collections and exceptions, and what they consist of when serialized.
 *
 * <p>Left out on purpose, since no session needs them and attacks are built from them: {@code java.net.URL} (its hash code asks the
 * name service; {@code java.net.URI} is allowed), all of {@code java.rmi}, {@code java.beans}, {@code javax}, {@code com.sun}, and all of
 * {@code sun} but the classes behind {@code TimeZone} and {@code Calendar}; the task classes of {@code java.util.concurrent}; keys,
 * certificates, permissions and signed objects of {@code java.security}. Comparators and invocation handlers are classes of their own and
 * are asked for by themselves, so {@code TreeMap} and {@code Proxy} can be here.
 */
final class JdkTypes {
    /** Packages (not their subpackages) of nothing but values and collections. */
    private static final Set<String> WHOLE_PACKAGES = Set.of(
            "java.math",
            "java.text",
            "java.time",
            "java.time.chrono",
            "java.time.format",
            "java.time.temporal",
            "java.time.zone",
            "java.util",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks"); // ConcurrentHashMap and others are written with their locks

    /** Packages of which enums, exceptions and interfaces (which have no state) are allowed. */
    private static final Set<String> OPEN_PACKAGES = Set.of(
            "java.io",
            "java.lang",
            "java.lang.annotation",
            "java.lang.reflect",
            "java.net",
            "java.nio",
            "java.nio.charset",
            "java.nio.file",
            "java.nio.file.attribute",
            "java.security",
            "java.sql",
            "java.util.concurrent",
            "java.util.function",
            "java.util.regex",
            "java.util.stream");

    private static final Set<String> CLASSES = Set.of(
            "java.io.File",
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Class",
            "java.lang.Double",
            "java.lang.Enum",
            "java.lang.Float",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Number",
            "java.lang.Object",
            "java.lang.Record",
            "java.lang.Short",
            "java.lang.StackTraceElement",
            "java.lang.String",
            "java.lang.String$CaseInsensitiveComparator",
            "java.lang.StringBuffer",
            "java.lang.StringBuilder",
            "java.lang.Void",
            // A lambda: the class that holds its code is asked for too, and builds no lambda that it does not itself
            // contain.
            "java.lang.invoke.SerializedLambda",
            // What every proxy class inherits; its interfaces and its invocation handler are asked for by themselves.
            "java.lang.reflect.Proxy",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetAddress",
            "java.net.InetSocketAddress",
            "java.net.SocketAddress",
            "java.net.URI",
            "java.sql.Date",
            "java.sql.Time",
            "java.sql.Timestamp",
            "java.util.concurrent.ConcurrentHashMap$Segment",
            "java.util.regex.Pattern",
            "sun.util.BuddhistCalendar", // Calendar.getInstance() in Thailand
            "sun.util.calendar.ZoneInfo"); // every TimeZone

    private JdkTypes() {}

    static boolean allows(Class<?> type) {
        if (!isOfTheJdk(type)) {
            return false;
        }
        String enclosing = type.getPackageName();
        return CLASSES.contains(type.getName())
                || WHOLE_PACKAGES.contains(enclosing)
                || (OPEN_PACKAGES.contains(enclosing) && isOpen(type))
                || (enclosing.equals("java.util.concurrent") && isCollection(type));
    }

    /** Whether the class was loaded by the JDK's own loaders; an application cannot define a class there. */
    static boolean isOfTheJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static boolean isOpen(Class<?> type) {
        return type.isInterface() || Enum.class.isAssignableFrom(type) || Throwable.class.isAssignableFrom(type);
    }

    private static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }
}
