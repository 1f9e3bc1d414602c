package io.sessionfilter;

import io.sessionfilter.internal.servlet.ContainerCookie;
import io.sessionfilter.internal.servlet.ContainerSessionWatch;
import io.sessionfilter.internal.servlet.FilterMappings;
import io.sessionfilter.internal.servlet.Registrations;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;

/** Registers {@link SessionFilter} by code, before all other filters. */
final class Installation {
    private static final String EVERYTHING = "/*";

    private Installation() {}

    /**
     * Does what {@link SessionFilter#install} says.
     *
     * @param origin who asked for it, for messages about a second registration
     */
    static FilterRegistration.Dynamic of(ServletContext context, SessionFilterSettings settings, String origin) {
        String name = settings.filterName();
        boolean enabled = Wiring.isEnabled(name, settings.settings(), context);
        Registrations registrations = registrations(context);
        registrations.refuseInstallation(name, origin);
        FilterRegistration.Dynamic registration = add(context, name, new SessionFilter(settings.listeners()));
        registrations.noteOrigin(name, origin);
        registration.setInitParameters(settings.settings());
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, EVERYTHING);
        registration.setAsyncSupported(true);
        if (enabled) {
            prepare(context, registration);
        }
        return registration;
    }

    /** What there is in a web application. */
    static Registrations registrations(ServletContext context) {
        return Registrations.of(SessionFilter.class, context);
    }

    /**
     * Does what an enabled filter needs beside its registration, while the web application still starts.
     *
     * @throws SessionFilterConfigException if it is not the only one
     */
    static void prepare(ServletContext context, FilterRegistration registration) {
        completeAndCheck(context, registration);
        ContainerCookie.rename(context);
    }

    /**
     * As {@link #prepare}, without the cookie; for the filter when it starts, since the initializer may not have run, or not have seen the
     * mappings.
     */
    static void completeAndCheck(ServletContext context, FilterRegistration registration) {
        FilterMappings.complete(context, registration);
        registrations(context).refuseSecondBeside(registration);
        ContainerSessionWatch.prepare(context, registration);
    }

    private static FilterRegistration.Dynamic add(ServletContext context, String name, SessionFilter filter) {
        FilterRegistration.Dynamic registration;
        try {
            registration = context.addFilter(name, filter);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "SessionFilter.install came too late: the web application has started. Call it from a"
                            + " ServletContainerInitializer, or from contextInitialized of a listener in web.xml.",
                    e);
        } catch (UnsupportedOperationException e) {
            throw new IllegalStateException(
                    "SessionFilter.install was called by a listener that may not register filters, since it was itself"
                            + " registered by code. Call it from a ServletContainerInitializer, or from a listener in"
                            + " web.xml.",
                    e);
        }
        if (registration == null) {
            throw new SessionFilterConfigException("there is a filter named \"" + name
                    + "\" already, which is not session-filter; give SessionFilterSettings another filterName");
        }
        return registration;
    }
}
