package io.sessionfilter.example.boot;

import io.sessionfilter.testkit.MemcachedProcess;
import java.net.URI;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.UserDetails;

/** The shop on a free port of this machine. */
final class AppNode implements AutoCloseable {
    private final ConfigurableApplicationContext application;

    private AppNode(ConfigurableApplicationContext application) {
        this.application = application;
    }

    static AppNode start(String route, MemcachedProcess memcached) {
        return new AppNode(new SpringApplicationBuilder(ShopApplication.class, EarlyFilter.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--session-filter.memcachedNodes=n1:127.0.0.1:" + memcached.port(),
                        "--session-filter.route=" + route,
                        "--session-filter.sticky=false"));
    }

    /** The logins that Spring Security counts on this app node: as many sessions as {@code user} has. */
    int logins(String user) {
        SessionRegistry registry = application.getBean(SessionRegistry.class);
        return registry.getAllPrincipals().stream()
                .filter(principal -> principal instanceof UserDetails details
                        && details.getUsername().equals(user))
                .mapToInt(principal -> registry.getAllSessions(principal, true).size())
                .sum();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(application.getEnvironment().getProperty("local.server.port")) + path);
    }

    @Override
    public void close() {
        application.close();
    }
}
