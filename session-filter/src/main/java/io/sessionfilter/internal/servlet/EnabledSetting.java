package io.sessionfilter.internal.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a declared filter is switched on, for the initializer, which runs before there is a filter to be configured. Asks the places
 * of all settings in their order, and judges nothing: a malformed value is refused when the filter starts. Public for the root package.
 */
public final class EnabledSetting {
    private static final String PROPERTY = "session-filter.enabled";
    private static final String VARIABLE = "SESSION_FILTER_ENABLED";
    private static final String INIT_PARAM = "enabled";

    private EnabledSetting() {}

    public static boolean of(FilterRegistration registration, ServletContext context) {
        return of(registration, context, System.getenv());
    }

    static boolean of(FilterRegistration registration, ServletContext context, Map<String, String> environment) {
        String value = Optional.ofNullable(System.getProperty(PROPERTY))
                .or(() -> Optional.ofNullable(environment.get(VARIABLE)))
                .or(() -> Optional.ofNullable(registration.getInitParameter(INIT_PARAM)))
                .or(() -> Optional.ofNullable(context.getInitParameter(PROPERTY)))
                .orElse("true");
        return !value.trim().equalsIgnoreCase("false");
    }
}
