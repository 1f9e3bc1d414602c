package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session cookie and the id in the URL: what is sent, and which of several ids counts. */
abstract class CookieContract extends ContractTest {
    @Test
    @Assertion(23)
    void cookieHasNoAttributesThatNobodyAskedFor() {
        assertThat(newBrowser(APP).run("create").sessionCookie().attributes().keySet())
                .isSubsetOf("path", "httponly");
    }

    @Test
    @Assertion(23)
    void cookiePathIsTheContextPath() {
        assertThat(newBrowser(APP).run("create").sessionCookie().attributes()).containsEntry("path", "/app");
    }

    @Test
    @Assertion(23)
    void cookiePathOfTheRootApplicationIsTheRoot() {
        assertThat(newBrowser(ROOT).run("create").sessionCookie().attributes()).containsEntry("path", "/");
    }

    @Test
    @Assertion(23)
    void plainCookieIsForThisHostAndThisBrowserSession() {
        assertThat(newBrowser().run("create").sessionCookie().attributes())
                .doesNotContainKeys("domain", "max-age", "secure");
    }

    @Test
    @Assertion({23, 86})
    void cookieFollowsTheConfiguration() {
        SetCookie cookie = newBrowser(CONFIGURED).run("create").setCookies().stream()
                .filter(candidate -> candidate.name().equals("SID"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie named SID"));

        assertThat(cookie.attributes())
                .containsEntry("domain", "example.org")
                .containsEntry("path", "/shared")
                .containsEntry("max-age", "7200")
                .containsKeys("secure", "httponly", "expires");
    }

    @Test
    @Assertion(23)
    @NativeDiffers(
            on = "undertow",
            because = "Undertow drops what it has no method for, from its own cookie and from every other; its"
                    + " SameSiteCookieHandler adds SameSite",
            oursToo = true)
    void furtherAttributesOfTheCookieFollowTheConfiguration() {
        assertThat(newBrowser(CONFIGURED).run("create").setCookies())
                .filteredOn(cookie -> cookie.name().equals("SID"))
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.attributes()).containsEntry("samesite", "Strict"));
    }

    @Test
    @Assertion(23)
    void configuredNameIsTheOnlyOne() {
        Browser browser = newBrowser(CONFIGURED);

        Exchange created = browser.run("create");

        assertThat(created.setCookies()).extracting(SetCookie::name).containsExactly("SID");
        assertThat(browser.run("find").result("find")).isEqualTo(created.result("create"));
    }

    @Test
    @Assertion(24)
    @NativeDiffers(
            on = {"jetty", "undertow"},
            because = "HttpOnly is off there unless set; ours is on, as in Tomcat: no script needs the id")
    void cookieIsHiddenFromScripts() {
        assertThat(newBrowser().run("create").sessionCookie().attributes()).containsKey("httponly");
    }

    @Test
    @Assertion(25)
    @NativeDiffers(
            on = "undertow",
            because =
                    "Undertow sends Secure only if that is configured; ours also when the request was, as the others do")
    void cookieIsSecureWhenTheRequestIs() {
        Exchange exchange =
                newBrowser().send("GET", Browser.script("secure", "create"), Map.of("X-Forwarded-Proto", "https"));

        assertThat(exchange.result("secure")).isEqualTo("true");
        assertThat(exchange.sessionCookie().attributes()).containsKey("secure");
    }

    @Test
    @Assertion(29)
    @NativeDiffers(
            on = {"tomcat", "jetty"},
            because = "they leave the cookie with the client; ours expires it, so that it is not sent for nothing")
    void invalidateExpiresTheCookie() {
        Browser browser = newBrowser();
        String path = browser.run("create").sessionCookie().attributes().get("path");

        Exchange exchange = browser.run("invalidate");

        assertThat(exchange.sessionCookies()).hasSize(1);
        assertThat(exchange.sessionCookies().get(0).expires()).isTrue();
        assertThat(exchange.sessionCookies().get(0).attributes()).containsEntry("path", path);
        assertThat(browser.cookies()).isEmpty();
    }

    @Test
    @Assertion(26)
    void cookiesOfTheApplicationAreKeptBesideOurs() {
        Exchange exchange = newBrowser().run("cookie before 1", "create", "cookie after 2", "change-id");

        assertThat(exchange.setCookies())
                .extracting(SetCookie::name)
                .containsExactlyInAnyOrder("before", Exchange.SESSION_COOKIE, "after");
    }

    @Test
    @Assertion(21)
    @NativeDiffers(on = "undertow", because = "Undertow looks at the first cookie only; ours at all, as the others do")
    void validIdIsFoundAfterAnUnknownOne() {
        Browser browser = newBrowser();
        String id = browser.run("create").result("create");

        Exchange exchange =
                newBrowser().runWithCookies("JSESSIONID=unknown; JSESSIONID=" + browser.sessionCookie(), "find");

        assertThat(exchange.result("find")).isEqualTo(id);
    }

    @Test
    @Assertion(21)
    void validIdIsFoundBeforeAnUnknownOne() {
        Browser browser = newBrowser();
        String id = browser.run("create").result("create");

        Exchange exchange =
                newBrowser().runWithCookies("JSESSIONID=" + browser.sessionCookie() + "; JSESSIONID=unknown", "find");

        assertThat(exchange.result("find")).isEqualTo(id);
    }

    @Test
    @Assertion(21)
    @NativeDiffers(on = "jetty", because = "Jetty answers two valid ids with 400; ours takes the first, as Tomcat does")
    void firstOfTwoValidIdsWins() {
        Browser one = newBrowser();
        Browser two = newBrowser();
        String id = one.run("create").result("create");
        two.run("create");

        Exchange exchange = newBrowser()
                .runWithCookies("JSESSIONID=" + one.sessionCookie() + "; JSESSIONID=" + two.sessionCookie(), "find");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.result("find")).isEqualTo(id);
    }

    @Test
    @Assertion(22)
    @NativeDiffers(
            on = "jetty",
            because = "Jetty answers two valid ids with 400; ours takes the cookie's, as Tomcat does")
    void cookieBeatsTheUrl() {
        Browser one = newBrowser();
        Browser two = newBrowser();
        String id = one.run("create").result("create");
        two.run("create");

        Exchange exchange = one.get("/do;jsessionid=" + two.sessionCookie() + "?do=find&do=requested-from-cookie");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.result("find")).isEqualTo(id);
        assertThat(exchange.result("requested-from-cookie")).isEqualTo("true");
    }

    @Test
    @Assertion(71)
    void idInTheUrlFindsTheSession() {
        Browser browser = newBrowser();
        String id = browser.run("create").result("create");

        Exchange exchange = newBrowser()
                .get("/do;jsessionid=" + browser.sessionCookie()
                        + "?do=find&do=requested-id&do=requested-valid&do=requested-from-url&do=requested-from-cookie");

        assertThat(exchange.result("find")).isEqualTo(id);
        assertThat(exchange.result("requested-id")).isEqualTo(browser.sessionCookie());
        assertThat(exchange.result("requested-valid")).isEqualTo("true");
        assertThat(exchange.result("requested-from-url")).isEqualTo("true");
        assertThat(exchange.result("requested-from-cookie")).isEqualTo("false");
    }

    @Test
    @Assertion(70)
    void urlsCarryTheIdUntilACookieComesBack() {
        Browser browser = newBrowser();

        Exchange first = browser.run(
                "create",
                "encode-url " + contextPath() + "/page",
                "encode-url page?a=1",
                "encode-url page#top",
                "encode-url page?a=1#top",
                "encode-redirect-url " + contextPath() + "/page?a=1");
        Exchange second = browser.run(
                "find", "encode-url " + contextPath() + "/page", "encode-redirect-url " + contextPath() + "/page?a=1");

        String parameter = ";jsessionid=" + browser.sessionCookie();
        assertThat(first.result("encode-url " + contextPath() + "/page"))
                .isEqualTo(contextPath() + "/page" + parameter);
        assertThat(first.result("encode-url page?a=1")).isEqualTo("page" + parameter + "?a=1");
        assertThat(first.result("encode-url page#top")).isEqualTo("page" + parameter + "#top");
        assertThat(first.result("encode-url page?a=1#top")).isEqualTo("page" + parameter + "?a=1#top");
        assertThat(first.result("encode-redirect-url " + contextPath() + "/page?a=1"))
                .isEqualTo(contextPath() + "/page" + parameter + "?a=1");
        assertThat(second.result("encode-url " + contextPath() + "/page")).isEqualTo(contextPath() + "/page");
        assertThat(second.result("encode-redirect-url " + contextPath() + "/page?a=1"))
                .isEqualTo(contextPath() + "/page?a=1");
    }

    @Test
    @Assertion(70)
    void urlsStayAsTheyAreWhereOnlyCookiesCount() {
        Exchange exchange = newBrowser(CONFIGURED).run("create", "encode-url page", "encode-redirect-url page");

        assertThat(exchange.setCookies()).extracting(SetCookie::name).contains("SID");
        assertThat(exchange.result("encode-url page")).isEqualTo("page");
        assertThat(exchange.result("encode-redirect-url page")).isEqualTo("page");
    }

    @Test
    @Assertion(70)
    @HoldsWithoutSession("about requests without a session")
    void urlsStayAsTheyAreWithoutASession() {
        assertThat(newBrowser()
                        .run("encode-url " + contextPath() + "/page")
                        .result("encode-url " + contextPath() + "/page"))
                .isEqualTo(contextPath() + "/page");
    }

    @Test
    @Assertion(70)
    @NativeDiffers(
            on = {"jetty", "undertow"},
            because = "they give the id away to a foreign host; ours does not, as Tomcat does not")
    void urlsOfOtherHostsNeverCarryTheId() {
        Exchange exchange = newBrowser()
                .run(
                        "create",
                        "encode-url page",
                        "encode-url http://other.example/app/page",
                        "encode-url //other.example/app/page",
                        "encode-redirect-url http://other.example/app/page");

        assertThat(exchange.result("encode-url page")).contains("jsessionid");
        assertThat(exchange.body().lines().filter(line -> line.contains("other.example")))
                .hasSize(3)
                .noneMatch(line -> line.contains("jsessionid"));
    }

    @ParameterizedTest
    @Assertion(50)
    @ValueSource(
            strings = {
                "",
                ".",
                "-",
                "-n1.jvm1",
                ".jvm1",
                "a.b.c",
                "../../etc/passwd",
                "%00",
                "\"quoted\"",
                "with space",
                "a:b",
                "{}",
                "<script>",
                "0123456789-unknown.jvm1"
            })
    @HoldsWithoutSession("such an id is to be no session")
    void oddIdsAreNoSession(String id) {
        Exchange exchange = newBrowser().runWithCookies("JSESSIONID=" + id, "find", "create", "set a 1");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.result("find")).isEqualTo("none");
        assertThat(exchange.result("set a 1")).isEqualTo("done");
    }

    @Test
    @Assertion(50)
    @HoldsWithoutSession("such an id is to be no session")
    void veryLongIdIsNoSession() {
        Exchange exchange = newBrowser().runWithCookies("JSESSIONID=" + "a".repeat(4000), "find", "create");

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.result("find")).isEqualTo("none");
    }

    @ParameterizedTest
    @Assertion(50)
    @ValueSource(strings = {"a\u0001b", "\u00e4\u00f6", "a\u007fb"})
    @NativeDiffers(
            on = "undertow",
            because = "Undertow refuses such a header with 500 instead of 400, before any filter",
            oursToo = true)
    @HoldsWithoutSession("such an id is to be no session")
    void idsThatNoBrowserSendsDoNoHarm(String id) {
        assertNoSession(id);
    }

    @Test
    @Assertion(50)
    @HoldsWithoutSession("such an id is to be no session")
    void idWithATabDoesNoHarm() {
        assertNoSession("a\tb");
    }

    private void assertNoSession(String id) {
        Exchange exchange = newBrowser()
                .raw("GET " + contextPath() + "/do?do=find HTTP/1.0\r\nHost: localhost\r\nCookie: JSESSIONID=" + id
                        + "\r\n\r\n");

        // A container may refuse such a header before any filter sees the request.
        assertThat(exchange.status()).isIn(200, 400);
        if (exchange.status() == 200) {
            assertThat(exchange.result("find")).isEqualTo("none");
        }
    }

    @ParameterizedTest
    @Assertion({50, 71})
    @ValueSource(strings = {"", "%00", "%2e%2e", "a;b", "a%20b", "%E4%BA%92"})
    @HoldsWithoutSession("such an id is to be no session")
    void oddIdsInTheUrlAreNoSession(String id) {
        Exchange exchange = newBrowser()
                .raw("GET " + contextPath() + "/do;jsessionid=" + id + "?do=find HTTP/1.0\r\nHost: localhost\r\n\r\n");

        assertThat(exchange.status()).isIn(200, 400);
        if (exchange.status() == 200) {
            assertThat(exchange.result("find")).isEqualTo("none");
        }
    }
}
