package io.sessionfilter.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.SessionFilter;
import io.sessionfilter.testkit.MemcachedProcess;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that is code only has no class loader of its own on Jetty, and without Jetty's sessions no configuration of their cookie either. */
class HandlerWithoutArchiveTest {
    private static final class Counter extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            HttpSession session = request.getSession();
            int count = session.getAttribute("count") instanceof Integer before ? before + 1 : 1;
            session.setAttribute("count", count);
            response.getWriter().print(count);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {ServletContextHandler.SESSIONS, ServletContextHandler.NO_SESSIONS})
    void hasSessions(int options) throws Exception {
        try (MemcachedProcess memcached = MemcachedProcess.start()) {
            Server server = new Server();
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(application(options, "n1:127.0.0.1:" + memcached.port()));
            server.start();
            try {
                HttpClient browser = HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .build();
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/"))
                        .build();

                assertThat(browser.send(request, BodyHandlers.ofString()).body())
                        .isEqualTo("1");
                assertThat(browser.send(request, BodyHandlers.ofString()).body())
                        .isEqualTo("2");
                assertThat(memcached.statistic("curr_items")).isEqualTo(1);
            } finally {
                server.stop();
            }
        }
    }

    private static ServletContextHandler application(int options, String memcachedNodes) {
        ServletContextHandler application = new ServletContextHandler(options);
        application.setContextPath("/");
        FilterHolder filter = new FilterHolder(new SessionFilter());
        filter.setInitParameter("memcachedNodes", memcachedNodes);
        filter.setAsyncSupported(true);
        application.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        application.addServlet(new ServletHolder(new Counter()), "/*");
        return application;
    }
}
