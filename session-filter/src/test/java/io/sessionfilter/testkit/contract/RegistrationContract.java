package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A web application that declares no filter of ours, but a context-param: the filter is there, before all others. And what comes before
 * every filter: listeners of requests, and the container's own login.
 */
abstract class RegistrationContract extends ContractTest {
    /** With a listener and a filter of its own that use the session early. */
    static final String EARLY = "/early";
    /** With the container's login for what is under {@code /secret}. */
    static final String LOGIN = "/login";

    /** What {@link #EARLY} has in its {@code web.xml} beside the context-params. */
    static final String EARLY_USERS = """
            <listener>
              <listener-class>io.sessionfilter.testkit.contract.app.EarlyListener</listener-class>
            </listener>
            <filter>
              <filter-name>early</filter-name>
              <filter-class>io.sessionfilter.testkit.contract.app.EarlyFilter</filter-class>
              <async-supported>true</async-supported>
            </filter>
            <filter-mapping><filter-name>early</filter-name><url-pattern>/*</url-pattern></filter-mapping>
            """;

    /** What {@link #LOGIN} has. The page with the form is the servlet {@code inner}, which shows nothing. */
    static final String FORM_LOGIN = """
            <servlet-mapping><servlet-name>do</servlet-name><url-pattern>/secret/do</url-pattern></servlet-mapping>
            <security-constraint>
              <web-resource-collection>
                <web-resource-name>secret</web-resource-name>
                <url-pattern>/secret/*</url-pattern>
              </web-resource-collection>
              <auth-constraint><role-name>member</role-name></auth-constraint>
            </security-constraint>
            <login-config>
              <auth-method>FORM</auth-method>
              <form-login-config>
                <form-login-page>/inner</form-login-page>
                <form-error-page>/error</form-error-page>
              </form-login-config>
            </login-config>
            <security-role><role-name>member</role-name></security-role>
            """;

    private static final String OURS = "[A-Za-z0-9]{24}-n[12]\\.jvm[12]";
    private static final String CONTAINERS_COOKIE = Exchange.SESSION_COOKIE + "_container";

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void startLogging() {
        logged.start();
        logger().addAppender(logged);
    }

    @AfterEach
    void stopLogging() {
        logger().detachAppender(logged);
    }

    /** Logging is shared by the test and the applications. */
    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.sessionfilter");
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static String secret(String... steps) {
        return "/secret" + Browser.script(steps);
    }

    /** Asks for the secret page, is shown the form, fills it in, and is sent back. */
    private static Exchange logIn(Browser browser, String path) {
        Exchange form = browser.get(path);
        if (form.status() != 200) { // some containers redirect to the form, others forward
            browser.get("/inner");
        }
        Exchange sentBack = browser.send("POST", "/j_security_check?j_username=anna&j_password=secret", Map.of());
        assertThat(sentBack.status()).as("status after the login").isBetween(302, 303);
        URI target = URI.create(sentBack.headers("Location").get(0));
        return browser.get(target.getPath().substring(LOGIN.length()) + "?" + target.getRawQuery());
    }

    @Test
    void contextParamAloneRegistersTheFilterBeforeThoseOfWebXml() {
        Browser browser = newBrowser(EARLY);

        Exchange exchange = browser.get(Browser.script("get filtered") + "&filtered=yes");

        assertThat(exchange.result("get filtered")).isEqualTo("yes");
        assertThat(exchange.sessionCookie().value()).matches(OURS);
        assertThat(exchange.setCookies()).as("no cookie but ours").hasSize(1);
        assertThat(browser.at(1).run("get filtered").result("get filtered")).isEqualTo("yes");
    }

    @Test
    @Assertion(68)
    void sessionAskedForBeforeAllFiltersIsTheContainersAndReportedOnceWithTheClass() {
        Browser browser = newBrowser(EARLY);
        browser.run("set a 1");
        assertThat(warnings()).as("as long as there is no such session").isEmpty();

        Exchange exchange = browser.get(Browser.script("get a", "get early") + "&early=yes");
        newBrowser(EARLY).get(Browser.script("get a") + "&early=yes");

        assertThat(exchange.result("get a")).isEqualTo("1");
        assertThat(exchange.result("get early")).isEqualTo("null");
        assertThat(browser.cookies()).containsOnlyKeys(Exchange.SESSION_COOKIE, CONTAINERS_COOKIE);
        assertThat(browser.sessionCookie()).matches(OURS);
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("io.sessionfilter.testkit.contract.app.EarlyListener.requestInitialized");
    }

    @Test
    @Assertion(69)
    @Needs(Feature.LOGIN)
    void containersLoginKeepsTheContainersSessionAndOursGoesToOtherAppNodes() {
        Browser browser = newBrowser(LOGIN);

        Exchange secret = logIn(browser, secret("set a 1"));

        assertThat(secret.result("set a 1")).isEqualTo("done");
        assertThat(browser.cookies()).containsOnlyKeys(Exchange.SESSION_COOKIE, CONTAINERS_COOKIE);
        assertThat(browser.sessionCookie()).matches(OURS);
        assertThat(warnings()).singleElement().asString().contains("FormAuthenticator");
        assertThat(browser.get(secret("get a")).result("get a"))
                .as("while logged in")
                .isEqualTo("1");
        assertThat(browser.at(1).run("get a").result("get a"))
                .as("on the other app node")
                .isEqualTo("1");
        assertThat(browser.get(secret("get a")).body())
                .as("the secret page there, where the container knows of no login")
                .doesNotContain("get a");
        assertThat(logIn(browser, secret("get a")).result("get a"))
                .as("after another login")
                .isEqualTo("1");
    }
}
