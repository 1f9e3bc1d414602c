package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.sessionfilter.SessionFilterConfigException;
import io.sessionfilter.internal.servlet.listener.SessionListeners;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found where no container is known, and what a setting may name; the containers themselves are for the contract. */
class ContainerListenersTest {
    private static final List<String> HEARD = new CopyOnWriteArrayList<>();

    private final ServletContext context = mock();

    @BeforeEach
    void prepare() throws ServletException {
        HEARD.clear();
        when(context.getClassLoader()).thenReturn(getClass().getClassLoader());
        when(context.getServerInfo()).thenReturn("Some Container/1.0");
        when(context.createListener(any()))
                .thenAnswer(call ->
                        call.<Class<?>>getArgument(0).getDeclaredConstructor().newInstance());
    }

    private List<String> heard(String... configured) {
        SessionListeners listeners = ContainerListeners.find(context, List.of(configured), List.of());
        listeners.created(mock(HttpSession.class));
        return HEARD;
    }

    private void webXml(String attributes, String listener) {
        byte[] xml = """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" %s>
                  <listener>
                    <display-name>something</display-name>
                    <listener-class>
                      %s
                    </listener-class>
                  </listener>
                  <listener><listener-class>com.acme.Missing</listener-class></listener>
                </web-app>
                """.formatted(attributes, listener).getBytes(StandardCharsets.UTF_8);
        when(context.getResourceAsStream("/WEB-INF/web.xml")).thenAnswer(call -> new ByteArrayInputStream(xml));
    }

    private void classFile(Class<?> type) {
        String path = "/WEB-INF/classes/" + type.getName().replace('.', '/') + ".class";
        when(context.getResourcePaths("/WEB-INF/classes/")).thenReturn(Set.of("/WEB-INF/classes/io/"));
        when(context.getResourcePaths("/WEB-INF/classes/io/")).thenReturn(Set.of(path));
        when(context.getResourceAsStream(path))
                .thenAnswer(call ->
                        getClass().getResourceAsStream("/" + type.getName().replace('.', '/') + ".class"));
    }

    @Test
    void anUnknownContainersListenersAreThoseDeclared() {
        webXml("version=\"6.0\"", Declared.class.getName());
        classFile(Annotated.class);

        assertThat(heard()).containsExactly("declared", "annotated");
    }

    @Test
    void annotationsDoNotCountWhereTheDescriptorIsComplete() {
        webXml("metadata-complete=\"true\"", Declared.class.getName());
        classFile(Annotated.class);

        assertThat(heard()).containsExactly("declared");
    }

    @Test
    void aDescriptorThatCannotBeReadHarmsNobody() {
        when(context.getResourceAsStream("/WEB-INF/web.xml"))
                .thenAnswer(call -> new ByteArrayInputStream("<web-app".getBytes(StandardCharsets.UTF_8)));

        assertThat(heard(Declared.class.getName())).containsExactly("declared");
    }

    @Test
    void aListenerThatIsFoundIsNotMadeOnceMoreBecauseItIsNamed() {
        webXml("version=\"6.0\"", Declared.class.getName());

        assertThat(heard(Declared.class.getName(), Annotated.class.getName())).containsExactly("declared", "annotated");
    }

    @Test
    void aNameOfNoClassStopsTheStart() {
        assertThatThrownBy(() -> heard("com.acme.Audit"))
                .isInstanceOf(SessionFilterConfigException.class)
                .hasMessageContainingAll("init-param listeners", "com.acme.Audit", "no such class");
    }

    @Test
    void aClassThatIsNoListenerStopsTheStart() {
        assertThatThrownBy(() -> heard(Value.class.getName()))
                .isInstanceOf(SessionFilterConfigException.class)
                .hasMessageContainingAll("init-param listeners", Value.class.getName(), "HttpSessionListener");
    }

    @Test
    void aClassThatCannotBeMadeStopsTheStart() throws ServletException {
        doThrow(new ServletException("no constructor")).when(context).createListener(any());

        assertThatThrownBy(() -> heard(Declared.class.getName()))
                .isInstanceOf(SessionFilterConfigException.class)
                .hasMessageContainingAll("init-param listeners", Declared.class.getName(), "no constructor");
    }

    /** Undertow has one for its WebSockets, which wants sessions of Undertow's own. */
    @Test
    void whatUndertowListensToItselfIsNotTold() {
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(getClass().getClassLoader())
                .setContextPath("/app")
                .setDeploymentName("app")
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                        new WebSocketDeploymentInfo().setBuffers(new DefaultByteBufferPool(false, 1024)));
        DeploymentManager manager = Servlets.newContainer().addDeployment(info);
        manager.deploy();
        try {
            ServletContext undertow = manager.getDeployment().getServletContext();
            assertThat(ContainerListeners.ofContainer(undertow).orElseThrow())
                    .as("the listeners that Undertow has")
                    .isNotEmpty();

            SessionListeners listeners = ContainerListeners.find(undertow, List.of(), List.of());

            assertThat(listeners.observesSessions()).isFalse();
        } finally {
            manager.undeploy();
        }
    }

    /** Named in {@code web.xml}, or by the setting. */
    public static final class Declared implements HttpSessionListener {
        @Override
        public void sessionCreated(HttpSessionEvent event) {
            HEARD.add("declared");
        }
    }

    /** Found by its annotation. */
    @WebListener
    public static final class Annotated implements HttpSessionListener {
        @Override
        public void sessionCreated(HttpSessionEvent event) {
            HEARD.add("annotated");
        }
    }

    /** Hears of itself without being named. */
    public static final class Value implements HttpSessionBindingListener {}
}
