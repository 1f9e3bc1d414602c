package io.sessionfilter.example.boot;

import io.sessionfilter.SessionFilter;
import jakarta.servlet.ServletContext;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Puts session-filter before all other filters, Spring Security's included: that needs the highest precedence. The settings are the
 * application's properties {@code session-filter.*}.
 */
@Component
class Sessions implements ServletContextInitializer, Ordered {
    private final Map<String, String> settings;

    Sessions(Environment environment) {
        settings = Binder.get(environment)
                .bind("session-filter", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
    }

    @Override
    public void onStartup(ServletContext context) {
        SessionFilter.install(context, settings);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
