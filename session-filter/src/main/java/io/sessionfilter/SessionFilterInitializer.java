package io.sessionfilter;

import io.sessionfilter.internal.servlet.ContainerCookie;
import io.sessionfilter.internal.servlet.EnabledSetting;
import io.sessionfilter.internal.servlet.FilterMappings;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a web application that declares {@link SessionFilter}: adds the dispatcher types that its mappings lack, and renames the
 * container's own session cookie. Does nothing to an application that does not declare it, or declares it with {@code enabled=false}.
 *
 * <p>Containers find and run it by themselves. Where they are told not to (an {@code <absolute-ordering>} in {@code web.xml} that leaves out
 * {@code session_filter}), the filter does what can still be done when it starts, and warns of the rest.
 */
public final class SessionFilterInitializer implements ServletContainerInitializer {
    /** Called by the container. */
    public SessionFilterInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        List<? extends FilterRegistration> declared = context.getFilterRegistrations().values().stream()
                .filter(registration -> SessionFilter.class.getName().equals(registration.getClassName()))
                .filter(registration -> EnabledSetting.of(registration, context))
                .toList();
        declared.forEach(registration -> FilterMappings.complete(context, registration));
        if (!declared.isEmpty()) {
            ContainerCookie.rename(context);
        }
    }
}
