package io.sessionfilter.example.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.example.boot.Browser.Answer;
import io.sessionfilter.testkit.Await;
import io.sessionfilter.testkit.MemcachedProcess;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two app nodes behind a balancer that sends each request where it likes. */
class ShopTest {
    private static MemcachedProcess memcached;
    private static AppNode one;
    private static AppNode two;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        memcached = MemcachedProcess.start();
        one = AppNode.start("jvm1", memcached);
        two = AppNode.start("jvm2", memcached);
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
        memcached.close();
    }

    private Answer add(AppNode node, String article, String token) throws Exception {
        return browser.post(node, "/cart", Map.of("article", article, "_csrf", token));
    }

    private static void assertSentToLogin(Answer answer) {
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).isEqualTo("/login");
    }

    @Test
    void loginOnOneAppNodeCountsOnTheOther() throws Exception {
        assertSentToLogin(browser.get(one, "/cart"));

        browser.logIn(one, "anna");

        assertThat(browser.get(two, "/cart").body()).startsWith("anna ");
        assertThat(browser.sessionId()).endsWith("-n1.jvm2");
    }

    @Test
    void pageAskedForBeforeTheLoginIsShownAfterItOnTheOtherAppNode() throws Exception {
        browser.get(one, "/token");

        Answer answer = browser.logIn(two, "anna");

        assertThat(answer.location()).isEqualTo("/token");
    }

    @Test
    void loginGivesTheSessionANewIdAndTheOldOneIsDeadEverywhere() throws Exception {
        browser.get(one, "/cart");
        String fixed = browser.sessionId();

        browser.logIn(one, "anna");

        assertThat(browser.sessionId()).isNotEmpty().isNotEqualTo(fixed);
        assertThat(browser.get(two, "/cart").status()).isEqualTo(200);
        for (AppNode node : new AppNode[] {one, two}) {
            Browser attacker = new Browser();
            attacker.sessionId(fixed);
            assertSentToLogin(attacker.get(node, "/cart"));
        }
    }

    @Test
    void csrfTokenOfTheSessionIsAcceptedByTheOtherAppNode() throws Exception {
        browser.logIn(one, "anna");
        String token = browser.csrfToken(one);

        assertThat(add(two, "tea", token).status()).isEqualTo(302);
        assertThat(add(two, "tea", "forged").status()).isEqualTo(403);
    }

    @Test
    void sessionScopedBeanChangedInPlaceIsTheSameOnBothAppNodes() throws Exception {
        browser.logIn(one, "anna");
        String token = browser.csrfToken(one);

        add(one, "tea", token);
        add(two, "cups", token);

        assertThat(browser.get(one, "/cart").body()).startsWith("anna [tea, cups]");
    }

    @Test
    void flashAttributeSurvivesTheRedirectToTheOtherAppNodeAndOnlyThat() throws Exception {
        browser.logIn(one, "anna");
        Answer redirect = add(one, "tea", browser.csrfToken(one));

        assertThat(browser.get(two, redirect.location()).body()).endsWith(" added tea");
        assertThat(browser.get(one, redirect.location()).body()).endsWith(" null");
    }

    @Test
    void logoutEndsTheSessionEverywhere() throws Exception {
        browser.logIn(one, "anna");
        String ended = browser.sessionId();

        browser.post(two, "/logout", Map.of("_csrf", browser.csrfToken(one)));

        browser.sessionId(ended);
        assertSentToLogin(browser.get(one, "/cart"));
        browser.sessionId(ended);
        assertSentToLogin(browser.get(two, "/cart"));
    }

    @Test
    void secondLoginOfAUserEndsTheFirst() throws Exception {
        browser.logIn(one, "ben");

        new Browser().logIn(one, "ben");

        assertThat(browser.get(one, "/cart").body()).contains("This session has been expired");
        assertSentToLogin(browser.get(one, "/cart"));
        assertSentToLogin(browser.get(two, "/cart"));
    }

    @Test
    void logoutEndsTheLoginThatSpringSecurityCounts() throws Exception {
        browser.logIn(one, "carla");
        assertThat(one.logins("carla")).isEqualTo(1);

        browser.post(one, "/logout", Map.of("_csrf", browser.csrfToken(one)));

        assertThat(one.logins("carla")).isZero();
    }

    @Test
    void expiryEndsTheLoginThatSpringSecurityCounts() throws Exception {
        browser.logIn(one, "carla");
        assertThat(one.logins("carla")).isEqualTo(1);
        browser.get(one, EarlyFilter.EXPIRING_PATH);

        Await.until("the login is over, without a further request", () -> one.logins("carla") == 0);

        assertSentToLogin(browser.get(one, "/cart"));
    }

    @Test
    void filterOfTheHighestPrecedenceSeesTheSessionThatTheApplicationSees() throws Exception {
        Answer early = browser.get(one, EarlyFilter.PATH);

        assertThat(early.body()).isNotEmpty();
        assertThat(browser.sessionId()).isEqualTo(early.body() + "-n1.jvm1");
        assertThat(browser.cookieNames()).as("no session of the container").containsExactly("JSESSIONID");
    }
}
