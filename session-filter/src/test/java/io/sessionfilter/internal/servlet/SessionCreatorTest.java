package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Stacks as they were seen, shortened. */
class SessionCreatorTest {
    private static String creatorIn(String... frames) {
        return SessionCreator.in(Arrays.stream(frames)
                .map(frame -> new StackTraceElement(
                        frame.substring(0, frame.lastIndexOf('.')),
                        frame.substring(frame.lastIndexOf('.') + 1),
                        null,
                        1))
                .toArray(StackTraceElement[]::new));
    }

    @Test
    void callerOfGetSessionIsNamed() {
        assertThat(creatorIn(
                        "io.sessionfilter.internal.servlet.ContainerSessionWatch.sessionCreated",
                        "org.apache.catalina.session.StandardSession.tellNew",
                        "org.apache.catalina.session.ManagerBase.createSession",
                        "org.apache.catalina.connector.Request.doGetSession",
                        "org.apache.catalina.connector.Request.getSession",
                        "org.apache.catalina.connector.RequestFacade.getSession",
                        "com.acme.Framework.requestInitialized",
                        "org.apache.catalina.core.StandardContext.fireRequestInitEvent",
                        "java.lang.Thread.run"))
                .isEqualTo("com.acme.Framework.requestInitialized");
    }

    @Test
    void containersOwnLoginIsNamedThoughAllOfItIsTheContainers() {
        assertThat(creatorIn(
                        "io.sessionfilter.internal.servlet.ContainerSessionWatch.sessionCreated",
                        "org.apache.catalina.session.ManagerBase.createSession",
                        "org.apache.catalina.connector.Request.doGetSession",
                        "org.apache.catalina.connector.Request.getSessionInternal",
                        "org.apache.catalina.authenticator.FormAuthenticator.doAuthenticate",
                        "org.apache.catalina.authenticator.AuthenticatorBase.invoke",
                        "java.lang.Thread.run"))
                .isEqualTo("org.apache.catalina.authenticator.FormAuthenticator.doAuthenticate");
    }

    @Test
    void filterThatOnlyPassedTheRequestOnIsNotTakenForTheOneThatAsked() {
        assertThat(creatorIn(
                        "org.apache.catalina.connector.RequestFacade.getSession",
                        "org.apache.catalina.filters.CsrfPreventionFilter.doFilter",
                        "org.apache.catalina.core.ApplicationFilterChain.doFilter",
                        "com.acme.EncodingFilter.doFilter",
                        "java.lang.Thread.run"))
                .isEqualTo("org.apache.catalina.filters.CsrfPreventionFilter.doFilter,"
                        + " called within com.acme.EncodingFilter.doFilter");
    }

    @Test
    void containerThatIsUnknownHidesNobody() {
        assertThat(creatorIn("com.acme.container.Sessions.create", "java.lang.Thread.run"))
                .isEqualTo("com.acme.container.Sessions.create");
    }

    @Test
    void emptyStackIsNoReasonToFail() {
        assertThat(creatorIn()).isEqualTo("a caller that the stack does not show");
    }
}
