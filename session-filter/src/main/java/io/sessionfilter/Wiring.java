package io.sessionfilter;

import io.sessionfilter.internal.config.SessionFilterConfig;
import io.sessionfilter.internal.config.SettingSources;
import io.sessionfilter.internal.servlet.ServletSettings;
import io.sessionfilter.internal.session.SessionManager;
import io.sessionfilter.internal.session.SessionObserver;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a filter is made of, according to its configuration.
 *
 * @param enabled whether it does anything
 * @param route of this app node, {@code null} if the container is to say
 * @param servletSettings of what clients and containers see
 * @param sessions makes the heart
 */
record Wiring(boolean enabled, @Nullable String route, ServletSettings servletSettings, Sessions sessions) {

    /** Makes the heart, once it is known which app node this is. */
    @FunctionalInterface
    interface Sessions {
        /**
         * Connects to the memcached nodes.
         *
         * @param route of this app node; {@code null}: it has none
         * @param listeners of the web application
         */
        SessionManager build(@Nullable String route, SessionObserver listeners);
    }

    /**
     * Reads and checks the configuration; connects to nothing yet.
     *
     * @throws SessionFilterConfigException if anything is wrong
     */
    static Wiring of(FilterConfig config) {
        ServletContext context = config.getServletContext();
        SessionFilterConfig settings = read(
                config.getFilterName(), parameters(config.getInitParameterNames(), config::getInitParameter), context);
        return new Wiring(
                settings.enabled(),
                settings.route(),
                new ServletSettings(
                        settings.cookieHttpOnly(),
                        settings.cookieSecure(),
                        settings.requestUriIgnorePattern(),
                        settings.listeners(),
                        settings.storeFailurePolicy(),
                        settings.lockingMode().requests()),
                (route, listeners) ->
                        StoredSessions.start(settings, route, config.getFilterName(), context, listeners));
    }

    /**
     * Checks the configuration of a filter that is about to be registered.
     *
     * @return whether it will do anything
     * @throws SessionFilterConfigException if anything is wrong
     */
    static boolean isEnabled(String filterName, Map<String, String> initParams, ServletContext context) {
        return read(filterName, initParams, context).enabled();
    }

    private static SessionFilterConfig read(String filterName, Map<String, String> initParams, ServletContext context) {
        return SessionFilterConfig.read(SettingSources.ofThisProcess(
                filterName, initParams, parameters(context.getInitParameterNames(), context::getInitParameter)));
    }

    private static Map<String, String> parameters(Enumeration<String> names, UnaryOperator<String> values) {
        return Collections.list(names).stream().collect(Collectors.toMap(name -> name, values));
    }
}
