package io.sessionfilter.internal.codec;

import io.sessionfilter.codec.ClassFilter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes that a session may hold: the JDK's values and collections ({@link JdkTypes}), the application's own
 * ({@link ApplicationTypes}), well-known session types of frameworks ({@code session-types.txt} beside this class), and what
 * the setting {@code allowedClasses} adds. Everything else is refused.
 *
 * <p>A list of what is dangerous would be the alternative; it is never complete, as the history of every such list shows. The price of ours
 * is that a library's class must be named before a session can hold it, which shows when it is first put there.
 *
 * <p>Safe for use by many threads. The decision about a class is made once, and kept with the class, so that no class loader is kept alive.
 */
public final class ClassAllowList implements ClassFilter {
    private static final String SHIPPED = "session-types.txt";

    private final ClassPatterns shipped = new ClassPatterns(shippedPatterns());
    private final ClassPatterns configured;
    private final ClassValue<Boolean> decisions = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return decide(type);
        }
    };

    /**
     * Makes one.
     *
     * @param allowedClasses patterns as in {@link ClassPatterns}, their syntax checked
     */
    public ClassAllowList(List<String> allowedClasses) {
        this.configured = new ClassPatterns(allowedClasses);
    }

    @Override
    public boolean allows(Class<?> type) {
        return decisions.get(type);
    }

    @Override
    public String howToAllow(String className) {
        String enclosing = ClassPatterns.packageOf(className);
        return "add init-param allowedClasses=" + className + (enclosing.isEmpty() ? "" : " (or " + enclosing + ".**)");
    }

    private boolean decide(Class<?> type) {
        if (type.isPrimitive()) {
            return true;
        }
        if (Proxy.isProxyClass(type)) {
            return Stream.of(type.getInterfaces())
                    .allMatch(this::decide); // its invocation handler is asked for by itself
        }
        String name = type.getName();
        return JdkTypes.allows(type) || ApplicationTypes.contains(type) || shipped.test(name) || configured.test(name);
    }

    static List<String> shippedPatterns() {
        InputStream resource = ClassAllowList.class.getResourceAsStream(SHIPPED);
        if (resource == null) {
            throw new IllegalStateException(SHIPPED + " is missing beside " + ClassAllowList.class.getName());
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
