package io.sessionfilter;

import io.sessionfilter.internal.servlet.ServletSettings;
import io.sessionfilter.internal.session.SessionManager;
import jakarta.servlet.FilterConfig;
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
         */
        SessionManager build(@Nullable String route);
    }

    /**
     * Reads and checks the configuration; connects to nothing yet.
     *
     * @throws SessionFilterConfigException if anything is wrong
     */
    @SuppressWarnings("DoNotCallSuggester") // for as long as there is no store
    static Wiring of(FilterConfig config) {
        throw new SessionFilterConfigException(
                "filter " + config.getFilterName() + ": there is no store to keep sessions in");
    }
}
