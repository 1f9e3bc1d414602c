package io.sessionfilter;

import io.sessionfilter.internal.servlet.EnabledSetting;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a web application for {@link SessionFilter}. One that declares it gets the dispatcher types that its mappings lack. One that does
 * not, but has a context-param {@code session-filter.memcachedNodes}, gets the filter itself, before all others. In both the container's own
 * session cookie is renamed. Other applications, and those that declare the filter with {@code enabled=false}, are left alone.
 *
 * <p>Containers find and run it by themselves. Where they are told not to (an {@code <absolute-ordering>} in {@code web.xml} that leaves out
 * {@code session_filter}), the filter does what can still be done when it starts, and warns of the rest.
 */
public final class SessionFilterInitializer implements ServletContainerInitializer {
    private static final String TRIGGER = "session-filter.memcachedNodes";

    /** Called by the container. */
    public SessionFilterInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        List<FilterRegistration> declared = Installation.registrations(context).all();
        if (declared.isEmpty() && context.getInitParameter(TRIGGER) != null) {
            Installation.of(
                    context,
                    SessionFilterSettings.of(Map.of()),
                    "registered automatically, since there is a context-param " + TRIGGER);
        }
        declared.stream()
                .filter(registration -> EnabledSetting.of(registration, context))
                .forEach(registration -> Installation.prepare(context, registration));
    }
}
