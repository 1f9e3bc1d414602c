package io.sessionfilter.internal.servlet;

import io.sessionfilter.SessionFilterConfigException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The registrations of our filter in one web application. There is to be one: two on the path of one request would each give it a session,
 * and write the same cookie. Two whose URL patterns do not overlap may well be configured differently. Public for the root package.
 */
public final class Registrations {
    /** Followed by the filter's name: who registered it, if it is not simply declared. */
    private static final String ORIGIN = "io.sessionfilter.registered.";

    private final Class<? extends Filter> filterClass;
    private final ServletContext context;

    private Registrations(Class<? extends Filter> filterClass, ServletContext context) {
        this.filterClass = filterClass;
        this.context = context;
    }

    /** Those that there are whenever one of the methods is called. */
    public static Registrations of(Class<? extends Filter> filterClass, ServletContext context) {
        return new Registrations(filterClass, context);
    }

    /** All of them, the disabled ones too. */
    public List<FilterRegistration> all() {
        List<FilterRegistration> ours = new ArrayList<>();
        for (FilterRegistration registration : context.getFilterRegistrations().values()) {
            if (filterClass.getName().equals(registration.getClassName())) {
                ours.add(registration);
            }
        }
        return ours;
    }

    /** Remembers for messages who registered a filter. */
    public void noteOrigin(String filterName, String origin) {
        context.setAttribute(ORIGIN + filterName, origin);
    }

    /**
     * Refuses one that is about to be registered for all requests, if there is one already.
     *
     * @throws SessionFilterConfigException naming both
     */
    public void refuseInstallation(String filterName, String origin) {
        for (FilterRegistration present : all()) {
            if (isEnabled(present)) {
                throw second(describe(present), "the filter \"" + filterName + "\", " + origin + ", for /*");
            }
        }
    }

    /**
     * Refuses a filter that starts, if there is another for some of its requests.
     *
     * @throws SessionFilterConfigException naming both
     */
    public void refuseSecondBeside(FilterRegistration starting) {
        List<String> patterns = patterns(starting);
        for (FilterRegistration other : all()) {
            if (!other.getName().equals(starting.getName())
                    && isEnabled(other)
                    && patterns(other).stream()
                            .anyMatch(
                                    pattern -> patterns.stream().anyMatch(own -> UrlPatterns.overlap(own, pattern)))) {
                throw second(describe(starting), describe(other));
            }
        }
    }

    private boolean isEnabled(FilterRegistration registration) {
        return EnabledSetting.of(registration, context);
    }

    private static SessionFilterConfigException second(String one, String other) {
        return new SessionFilterConfigException("session-filter is registered twice in one web application: " + one
                + "; and " + other
                + ". A request would meet both, and they would overwrite each other's session cookie."
                + " Leave one of them out, or give them URL patterns that do not overlap.");
    }

    private String describe(FilterRegistration registration) {
        Object origin = context.getAttribute(ORIGIN + registration.getName());
        return "the filter \"" + registration.getName() + "\", "
                + (origin == null ? "declared in web.xml or registered by code" : origin) + ", for "
                + String.join(" ", patterns(registration));
    }

    /** What a registration is mapped to; where it names a servlet, the patterns of that. */
    private List<String> patterns(FilterRegistration registration) {
        List<String> patterns = new ArrayList<>(registration.getUrlPatternMappings());
        for (String servletName : registration.getServletNameMappings()) {
            patterns.addAll(patternsOf(servletName));
        }
        return patterns.stream().distinct().toList();
    }

    private Collection<String> patternsOf(String servletName) {
        ServletRegistration servlet = context.getServletRegistration(servletName);
        return servlet == null ? List.of("/*") : servlet.getMappings();
    }
}
