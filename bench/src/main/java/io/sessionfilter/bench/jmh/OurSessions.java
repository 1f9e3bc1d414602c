package io.sessionfilter.bench.jmh;

import io.sessionfilter.SessionFilter;
import io.sessionfilter.SessionFilterInitializer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An application that has its sessions from us: sticky, with two copies. */
final class OurSessions {
    private OurSessions() {}

    /**
     * Registers a filter.
     *
     * @param memcachedPorts of two processes
     * @param more settings
     */
    static void register(
            SessionFilter filter, ServletContext context, List<Integer> memcachedPorts, Map<String, String> more) {
        FilterRegistration.Dynamic registration = context.addFilter("sessions", filter);
        registration.setInitParameters(Map.of(
                "memcachedNodes", "n1:127.0.0.1:" + memcachedPorts.get(0) + ",n2:127.0.0.1:" + memcachedPorts.get(1),
                "route", "jvm1",
                "validateAfter", "1h",
                "operationTimeout", "60s", // a busy machine is no outage
                "allowedClasses", "io.sessionfilter.bench.app.*"));
        registration.setInitParameters(more);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        new SessionFilterInitializer().onStartup(Set.of(), context);
    }
}
