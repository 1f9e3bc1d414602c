package io.sessionfilter.internal.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes what users write, a mapping to {@code /*}: the dispatches besides requests, and asynchronous requests. Public for the root
 * package.
 */
public final class FilterMappings {
    static final String INITIALIZER_HINT =
            "session-filter's initializer did not run: if web.xml has an <absolute-ordering>, put this into it:"
                    + " <name>session_filter</name>";

    /** Followed by the filter's name: a mark that nothing is left to do. */
    private static final String COMPLETED = "io.sessionfilter.mappingsCompleted.";

    private static final EnumSet<DispatcherType> ADDED =
            EnumSet.of(DispatcherType.FORWARD, DispatcherType.INCLUDE, DispatcherType.ASYNC, DispatcherType.ERROR);

    private static final Logger log = LoggerFactory.getLogger(FilterMappings.class);

    private FilterMappings() {}

    /** Adds what is missing. What cannot be added is one warning with the lines to write. */
    public static void complete(ServletContext context, FilterRegistration registration) {
        String completed = COMPLETED + registration.getName();
        if (context.getAttribute(completed) != null) {
            return;
        }
        Collection<String> patterns = registration.getUrlPatternMappings();
        Collection<String> servlets = registration.getServletNameMappings();
        if (!patterns.isEmpty() || !servlets.isEmpty()) {
            // Jetty does not tell initializers the mappings of web.xml: there they are completed when the filter
            // starts.
            context.setAttribute(completed, true);
        }
        try {
            // First of their kind, as the session must be there before any other filter asks for it.
            if (!patterns.isEmpty()) {
                registration.addMappingForUrlPatterns(ADDED, false, patterns.toArray(String[]::new));
            }
            if (!servlets.isEmpty()) {
                registration.addMappingForServletNames(ADDED, false, servlets.toArray(String[]::new));
            }
            if (registration instanceof FilterRegistration.Dynamic dynamic) {
                dynamic.setAsyncSupported(true);
            } else {
                warn(registration, null);
            }
        } catch (IllegalStateException | UnsupportedOperationException e) {
            warn(registration, e);
        }
    }

    private static void warn(FilterRegistration registration, @Nullable RuntimeException cause) {
        log.warn(
                "The mappings of filter {} cannot be completed at run time{}. Where web.xml (or the code that registers the filter) does not"
                        + " say so already, write:\n{}",
                registration.getName(),
                cause == null ? "" : " (" + cause + "). " + INITIALIZER_HINT,
                lines(registration));
    }

    /** What to write in {@code web.xml}. */
    private static String lines(FilterRegistration registration) {
        StringBuilder lines = new StringBuilder("<filter>\n  <filter-name>")
                .append(registration.getName())
                .append("</filter-name>\n  <filter-class>")
                .append(registration.getClassName())
                .append(
                        "</filter-class>\n  <async-supported>true</async-supported>\n  ...\n</filter>\n<filter-mapping>\n  <filter-name>")
                .append(registration.getName())
                .append("</filter-name>\n");
        registration
                .getUrlPatternMappings()
                .forEach(pattern ->
                        lines.append("  <url-pattern>").append(pattern).append("</url-pattern>\n"));
        registration
                .getServletNameMappings()
                .forEach(name -> lines.append("  <servlet-name>").append(name).append("</servlet-name>\n"));
        for (DispatcherType type : DispatcherType.values()) {
            lines.append("  <dispatcher>").append(type).append("</dispatcher>\n");
        }
        return lines.append("</filter-mapping>").toString();
    }
}
