package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessionfilter.testkit.InMemoryMemcached;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The ways in which a web application gets the filter, and what is said when something is wrong with them. */
class RegistrationOnUndertowTest {
    private static final String OURS = "JSESSIONID=[A-Za-z0-9]{24}-n1.*";

    private final InMemoryMemcached memcached = InMemoryMemcached.start();
    private final Map<String, String> settings = Map.of("memcachedNodes", "n1:127.0.0.1:" + memcached.port());
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final DeploymentInfo deployment = Servlets.deployment()
            .setClassLoader(RegistrationOnUndertowTest.class.getClassLoader())
            .setContextPath("/app")
            .setDeploymentName("app")
            .addServlet(Servlets.servlet("page", Page.class).addMapping("/page").addMapping("/api/page"));
    private @Nullable DeploymentManager manager;
    private @Nullable Undertow server;

    @BeforeEach
    void startLogging() {
        logged.start();
        logger().addAppender(logged);
    }

    @AfterEach
    void stop() throws Exception {
        logger().detachAppender(logged);
        if (server != null) {
            server.stop();
        }
        if (manager != null && manager.getState() == DeploymentManager.State.STARTED) {
            manager.stop();
            manager.undeploy();
        }
        memcached.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.sessionfilter");
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Makes a session, as the application sees it. */
    public static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getSession().setAttribute("a", "1");
            response.getWriter().print("page");
        }
    }

    /** Declared in web.xml, and works with the session before the application does. */
    public static final class SessionUser implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            ((HttpServletRequest) request).getSession();
            chain.doFilter(request, response);
        }
    }

    /** Wraps the requests of some pages only. */
    public static final class Wrapping implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            boolean wrap = "yes".equals(request.getParameter("wrap"));
            chain.doFilter(wrap ? new Wrapper((HttpServletRequest) request) : request, response);
        }
    }

    /** What such a filter wraps them in. */
    public static final class Wrapper extends HttpServletRequestWrapper {
        Wrapper(HttpServletRequest request) {
            super(request);
        }
    }

    /** Asks the container's request for its session, as a framework may do before any filter. */
    public static final class EarlyBird implements ServletRequestListener {
        @Override
        public void requestInitialized(ServletRequestEvent event) {
            ServletRequest request = event.getServletRequest();
            if ("yes".equals(request.getParameter("early"))) {
                ((HttpServletRequest) request).getSession();
            }
        }
    }

    private void initializer(ServletContainerInitializer initializer) {
        deployment.addServletContainerInitializer(new ServletContainerInitializerInfo(
                initializer.getClass(), new ImmediateInstanceFactory<>(initializer), Set.of()));
    }

    private void install(Consumer<ServletContext> installation) {
        initializer((classes, context) -> installation.accept(context));
    }

    private void declare(String name, Class<? extends Filter> type, String... patterns) {
        FilterInfo filter = Servlets.filter(name, type).setAsyncSupported(true);
        if (type == SessionFilter.class) {
            settings.forEach(filter::addInitParam);
        }
        deployment.addFilter(filter);
        for (String pattern : patterns) {
            deployment.addFilterUrlMapping(name, pattern, DispatcherType.REQUEST);
        }
    }

    /** Undertow would start filters with their first request. */
    private void start() throws ServletException {
        deployment.setEagerFilterInit(true);
        DeploymentManager deployed = Servlets.newContainer().addDeployment(deployment);
        manager = deployed;
        deployed.deploy();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(4)
                .setHandler(Handlers.path().addPrefixPath("/app", deployed.start()))
                .build();
        server.start();
    }

    /** Undertow wraps what is thrown in some places. */
    private Throwable whatStoppedTheStart() {
        Throwable thrown = Objects.requireNonNull(catchThrowable(this::start), "the application has started");
        return thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private List<String> cookiesOf(String path) throws Exception {
        InetSocketAddress address = (InetSocketAddress)
                Objects.requireNonNull(server).getListenerInfo().get(0).getAddress();
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/app" + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("page");
        return response.headers().allValues("Set-Cookie");
    }

    private void assertOnlyOurSession(String path) throws Exception {
        assertThat(cookiesOf(path)).singleElement().asString().matches(OURS);
    }

    @Test
    void installedFilterIsBeforeThoseThatAreDeclared() throws Exception {
        declare("user", SessionUser.class, "/*");
        install(context -> SessionFilter.install(context, settings));

        start();

        assertOnlyOurSession("/page");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void installationReturnsACompleteRegistration() throws Exception {
        AtomicReference<FilterRegistration.@Nullable Dynamic> registration = new AtomicReference<>();
        install(context -> registration.set(SessionFilter.install(
                context,
                SessionFilterSettings.builder()
                        .filterName("mine")
                        .setAll(settings)
                        .set("sticky", "false")
                        .build())));

        start();

        FilterRegistration.Dynamic installed = Objects.requireNonNull(registration.get());
        assertThat(installed.getName()).isEqualTo("mine");
        assertThat(installed.getInitParameters())
                .containsEntry("sticky", "false")
                .containsKey("memcachedNodes");
        assertThat(installed.getUrlPatternMappings()).containsOnly("/*");
        assertOnlyOurSession("/page");
    }

    @Test
    void listenersGivenAtTheInstallationHearOfSessionsOnceAlsoIfRegisteredTwice() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        HttpSessionListener listener = new HttpSessionListener() {
            @Override
            public void sessionCreated(HttpSessionEvent event) {
                heard.add(event.getSession().getId());
            }
        };
        install(context -> {
            context.addListener(listener);
            SessionFilter.install(
                    context,
                    SessionFilterSettings.builder()
                            .setAll(settings)
                            .listener(listener)
                            .build());
        });
        start();

        List<String> cookies = cookiesOf("/page");

        assertThat(heard)
                .singleElement()
                .satisfies(id -> assertThat(cookies.get(0)).startsWith("JSESSIONID=" + id + "-n1"));
    }

    @Test
    void contextParamAloneRegistersTheFilterBeforeAllOthers() throws Exception {
        declare("user", SessionUser.class, "/*");
        settings.forEach((name, value) -> deployment.addInitParameter("session-filter." + name, value));
        initializer(new SessionFilterInitializer());

        start();

        assertOnlyOurSession("/page");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void applicationWithoutContextParamIsLeftAlone() throws Exception {
        initializer(new SessionFilterInitializer());

        start();

        assertThat(cookiesOf("/page")).singleElement().asString().doesNotMatch(OURS);
    }

    @Test
    void declaredFilterIsNotJoinedByAnAutomaticOne() throws Exception {
        declare("sessions", SessionFilter.class, "/*");
        settings.forEach((name, value) -> deployment.addInitParameter("session-filter." + name, value));
        initializer(new SessionFilterInitializer());

        start();

        assertOnlyOurSession("/page");
    }

    @Test
    void automaticRegistrationThatIsDisabledLeavesSessionsToTheContainer() throws Exception {
        settings.forEach((name, value) -> deployment.addInitParameter("session-filter." + name, value));
        deployment.addInitParameter("session-filter.enabled", "false");
        initializer(new SessionFilterInitializer());

        start();

        assertThat(cookiesOf("/page"))
                .singleElement()
                .asString()
                .startsWith("JSESSIONID=")
                .doesNotMatch(OURS);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void installationNamesUnknownSettingsAndTheNearestOnes() {
        install(context -> SessionFilter.install(context, Map.of("memcachedNode", "n1:127.0.0.1:11211")));

        assertThat(whatStoppedTheStart())
                .isInstanceOf(SessionFilterConfigException.class)
                .hasMessageContaining("init-param memcachedNode of filter \"session-filter\"")
                .hasMessageContaining("is memcachedNodes meant?")
                .hasMessageContaining("memcachedNodes is required");
    }

    @Test
    void installationAfterTheStartSaysSo() throws Exception {
        start();
        ServletContext context = Objects.requireNonNull(manager).getDeployment().getServletContext();

        assertThatThrownBy(() -> SessionFilter.install(context, settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too late");
    }

    @Test
    void installationUnderTheNameOfAnotherFilterSaysSo() {
        declare("session-filter", SessionUser.class, "/*");
        install(context -> SessionFilter.install(context, settings));

        assertThat(whatStoppedTheStart())
                .isInstanceOf(SessionFilterConfigException.class)
                .hasMessageContaining("\"session-filter\"")
                .hasMessageContaining("filterName");
    }

    @Test
    void secondInstallationIsRefusedWithBothNames() {
        install(context -> {
            SessionFilter.install(context, settings);
            SessionFilter.install(
                    context,
                    SessionFilterSettings.builder()
                            .filterName("again")
                            .setAll(settings)
                            .build());
        });

        assertSecondIsRefused(
                "\"session-filter\", registered by SessionFilter.install, for /*",
                "\"again\", registered by SessionFilter.install, for /*");
    }

    @Test
    void installationBesideADeclarationIsRefusedWithBothNames() {
        declare("sessions", SessionFilter.class, "/*");
        install(context -> SessionFilter.install(context, settings));

        assertSecondIsRefused("\"sessions\", declared", "\"session-filter\", registered by SessionFilter.install");
    }

    @Test
    void installationBesideTheAutomaticOneIsRefusedWithBothReasons() {
        settings.forEach((name, value) -> deployment.addInitParameter("session-filter." + name, value));
        initializer(new SessionFilterInitializer());
        install(context -> SessionFilter.install(
                context, SessionFilterSettings.builder().filterName("mine").build()));

        assertSecondIsRefused(
                "\"session-filter\", registered automatically, since there is a context-param"
                        + " session-filter.memcachedNodes",
                "\"mine\", registered by SessionFilter.install");
    }

    @Test
    void twoDeclarationsThatOverlapAreRefusedWithBothNames() {
        declare("sessions", SessionFilter.class, "/*");
        declare("more", SessionFilter.class, "/api/*");
        initializer(new SessionFilterInitializer());

        assertSecondIsRefused("\"sessions\", declared", "for /*", "\"more\", declared", "for /api/*");
    }

    @Test
    void declarationForAServletThatIsCoveredAlreadyIsRefused() {
        declare("sessions", SessionFilter.class, "/api/*");
        declare("more", SessionFilter.class);
        deployment.addFilterServletNameMapping("more", "page", DispatcherType.REQUEST);

        assertSecondIsRefused("\"sessions\"", "\"more\"", "for /page /api/page");
    }

    private void assertSecondIsRefused(String... inMessage) {
        assertThat(whatStoppedTheStart())
                .isInstanceOf(SessionFilterConfigException.class)
                .hasMessageContaining("registered twice")
                .hasMessageContainingAll(inMessage);
    }

    @Test
    void twoDeclarationsThatShareNoRequestAreTwoFilters() throws Exception {
        declare("sessions", SessionFilter.class, "/page");
        declare("more", SessionFilter.class, "/api/*");
        initializer(new SessionFilterInitializer());

        start();

        assertOnlyOurSession("/page");
        assertOnlyOurSession("/api/page");
    }

    @Test
    void declarationThatIsDisabledIsNoSecondOne() throws Exception {
        declare("sessions", SessionFilter.class, "/*");
        deployment.getFilters().get("sessions").addInitParam("enabled", "false");
        install(context -> SessionFilter.install(context, settings));

        start();

        assertOnlyOurSession("/page");
    }

    @Test
    void laterSessionOfTheContainerIsReportedOnceWithItsCulprit() throws Exception {
        deployment.addListener(new ListenerInfo(EarlyBird.class));
        install(context -> SessionFilter.install(context, settings));
        start();
        assertOnlyOurSession("/page");
        assertThat(warnings()).isEmpty();

        assertThat(cookiesOf("/page?early=yes")).hasSize(2);
        cookiesOf("/page?early=yes");

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("created a session of its own")
                .contains(EarlyBird.class.getName() + ".requestInitialized");
    }

    @Test
    void servletThatUnwrapsTheRequestIsReportedToo() throws Exception {
        deployment.addServlet(Servlets.servlet("unwrapping", Unwrapping.class).addMapping("/unwrapping"));
        install(context -> SessionFilter.install(context, settings));
        start();

        cookiesOf("/unwrapping");

        assertThat(warnings()).singleElement().asString().contains(Unwrapping.class.getName() + ".doGet");
    }

    /** Goes behind our back. */
    public static final class Unwrapping extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ((HttpServletRequest) ((ServletRequestWrapper) request).getRequest()).getSession();
            response.getWriter().print("page");
        }
    }

    @Test
    void sessionsOfTheContainerAreNobodysFaultWhereTheFilterIsNotForAllRequests() throws Exception {
        declare("sessions", SessionFilter.class, "/api/*");
        initializer(new SessionFilterInitializer());
        start();

        cookiesOf("/page");

        assertThat(warnings()).isEmpty();
    }

    @Test
    void withoutInitializerASessionBeforeTheFilterIsReported() throws Exception {
        deployment.addListener(new ListenerInfo(EarlyBird.class));
        declare("sessions", SessionFilter.class, "/*");
        start();

        cookiesOf("/page?early=yes");

        assertThat(warnings()).anySatisfy(warning -> assertThat(warning).contains("session of the container"));
    }

    @Test
    void filterThatWrapsALaterRequestBeforeUsIsReportedOnce() throws Exception {
        declare("wrapping", Wrapping.class, "/*");
        declare("sessions", SessionFilter.class, "/*");
        initializer(new SessionFilterInitializer());
        start();
        cookiesOf("/page");
        assertThat(warnings()).as("of requests that are not wrapped").isEmpty();

        cookiesOf("/page?wrap=yes");
        cookiesOf("/page?wrap=yes");

        assertThat(warnings()).singleElement().asString().contains(Wrapper.class.getName());
    }
}
