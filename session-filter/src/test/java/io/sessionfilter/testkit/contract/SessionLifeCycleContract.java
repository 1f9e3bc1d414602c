package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session's creation, its ids, and its end. */
abstract class SessionLifeCycleContract extends ContractTest {
    @Test
    @Assertion(14)
    void sessionIsNewUntilItsCookieComesBack() {
        Browser browser = newBrowser();

        Exchange first = browser.run("create", "new");
        Exchange second = browser.run("find", "new");

        assertThat(first.result("new")).isEqualTo("true");
        assertThat(second.result("find")).isEqualTo(first.result("create"));
        assertThat(second.result("new")).isEqualTo("false");
        assertThat(second.sessionCookies()).isEmpty();
    }

    @Test
    @Assertion(14)
    void requestWithoutTheCookieGetsAnotherSession() {
        Exchange first = newBrowser().run("create");
        Exchange second = newBrowser().run("create", "new");

        assertThat(second.result("create")).isNotEqualTo(first.result("create"));
        assertThat(second.result("new")).isEqualTo("true");
    }

    @Test
    @Assertion(14)
    void sessionIsNotNewOnTheTargetOfARedirect() {
        Browser browser = newBrowser();

        Exchange redirect = browser.run("create", "redirect elsewhere");
        Exchange target = browser.run("find", "new");

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(target.result("find")).isEqualTo(browser.noted("create"));
        assertThat(target.result("new")).isEqualTo("false");
    }

    @Test
    @Assertion(14)
    void sessionOfAClientThatDropsCookiesIsNewOnTheTargetOfARedirect() {
        newBrowser().run("create", "redirect elsewhere");

        assertThat(newBrowser().run("create", "new").result("new")).isEqualTo("true");
    }

    @Test
    @Assertion(15)
    void sessionWithoutAttributesIsFoundAgain() {
        Browser browser = newBrowser();
        String id = browser.run("create").result("create");

        assertThat(browser.run("find", "names").result("find")).isEqualTo(id);
    }

    @Test
    @Assertion(16)
    @HoldsWithoutSession("about requests without a session")
    void findingNoSessionSetsNoCookie() {
        Exchange exchange = newBrowser().run("find", "find", "find");

        assertThat(exchange.result("find")).isEqualTo("none");
        assertThat(exchange.headers("Set-Cookie")).isEmpty();
    }

    @Test
    @Assertion(16)
    @HoldsWithoutSession("about requests without a session")
    void findingNoSessionForAnUnknownIdSetsNoCookie() {
        Exchange exchange = newBrowser().runWithCookies("JSESSIONID=neverissued", "find", "find");

        assertThat(exchange.result("find")).isEqualTo("none");
        assertThat(exchange.headers("Set-Cookie")).isEmpty();
    }

    @Test
    @Assertion(17)
    void unknownIdIsNeverAdopted() {
        Exchange exchange =
                newBrowser().runWithCookies("JSESSIONID=0123456789abcdef0123456789abcdef", "create", "requested-valid");

        assertThat(exchange.result("create")).doesNotContain("0123456789abcdef0123456789abcdef");
        assertThat(exchange.sessionCookie().value()).doesNotContain("0123456789abcdef0123456789abcdef");
        assertThat(exchange.result("requested-valid")).isEqualTo("false");
    }

    @Test
    @Assertion(17)
    void unknownIdIsNeverAdoptedAtTheRootPath() {
        Exchange exchange = newBrowser(ROOT).runWithCookies("JSESSIONID=0123456789abcdef0123456789abcdef", "create");

        assertThat(exchange.sessionCookie().value()).contains(exchange.result("create"));
        assertThat(exchange.result("create")).doesNotContain("0123456789abcdef0123456789abcdef");
    }

    @Test
    @Assertion({18, 83})
    void requestedIdIsWhatTheClientSentEvenIfUnknown() {
        Exchange exchange =
                newBrowser().runWithCookies("JSESSIONID=never-issued.jvm9", "requested-id", "requested-valid");

        assertThat(exchange.result("requested-id")).isEqualTo("never-issued.jvm9");
        assertThat(exchange.result("requested-valid")).isEqualTo("false");
    }

    @Test
    @Assertion(19)
    @NativeDiffers(
            on = "undertow",
            because = "Undertow does not say where an unknown id came from; ours does, as the others do")
    void unknownIdCameFromTheCookieAllTheSame() {
        Exchange exchange = newBrowser()
                .runWithCookies("JSESSIONID=never-issued.jvm9", "requested-from-cookie", "requested-from-url");

        assertThat(exchange.result("requested-from-cookie")).isEqualTo("true");
        assertThat(exchange.result("requested-from-url")).isEqualTo("false");
    }

    @Test
    @Assertion(18)
    void requestedIdOfALiveSessionIsValidWithoutAskingForTheSession() {
        Browser browser = newBrowser();
        browser.run("create");

        Exchange exchange = browser.run("requested-valid", "requested-id");

        assertThat(exchange.result("requested-valid")).isEqualTo("true");
        assertThat(exchange.result("requested-id")).isEqualTo(browser.sessionCookie());
    }

    @Test
    @Assertion(18)
    void noIdIsRequestedByTheRequestThatCreatesTheSession() {
        Exchange exchange = newBrowser().run("create", "requested-valid", "requested-id");

        assertThat(exchange.sessionCookie().value()).contains(exchange.result("create"));
        assertThat(exchange.result("requested-valid")).isEqualTo("false");
        assertThat(exchange.result("requested-id")).isEqualTo("null");
    }

    @Test
    @Assertion({18, 83})
    void requestedIdIsInvalidOnceTheSessionIsInvalidated() {
        Browser browser = newBrowser();
        browser.run("create");
        assertThat(browser.run("requested-valid").result("requested-valid")).isEqualTo("true");

        Exchange exchange = browser.run("find", "invalidate", "requested-valid");

        assertThat(exchange.result("requested-valid")).isEqualTo("false");
    }

    @Test
    @Assertion(26)
    void changedIdLeavesTheSameSessionObjectWithItsAttributes() {
        Browser browser = newBrowser();
        String oldId = browser.run("create", "set a 1").result("create");

        Exchange change = browser.run("find", "change-id", "id", "same-session", "new", "get a");

        assertThat(change.result("change-id")).isNotEqualTo(oldId).isEqualTo(change.result("id"));
        assertThat(change.result("same-session")).isEqualTo("true");
        assertThat(change.result("new")).isEqualTo("false");
        assertThat(change.result("get a")).isEqualTo("1");
        assertThat(change.sessionCookie().value()).contains(change.result("change-id"));
        assertThat(browser.run("find", "get a").result("get a")).isEqualTo("1");
    }

    @Test
    @Assertion(26)
    void oldIdIsDeadAfterTheChange() {
        Browser browser = newBrowser();
        browser.run("create");
        String oldCookie = browser.sessionCookie();

        browser.run("change-id");

        assertThat(newBrowser()
                        .runWithCookies("JSESSIONID=" + oldCookie, "find")
                        .result("find"))
                .isEqualTo("none");
    }

    @Test
    @Assertion(26)
    @NativeDiffers(
            on = "tomcat",
            because = "Tomcat reports the new id, which the client never sent; ours keeps what it sent")
    void requestedIdStaysWhatTheClientSentAfterTheChange() {
        Browser browser = newBrowser();
        browser.run("create");
        String oldCookie = browser.sessionCookie();

        Exchange change = browser.run("change-id", "requested-id", "requested-valid");

        assertThat(change.result("requested-id")).isEqualTo(oldCookie);
        assertThat(change.result("requested-valid")).isEqualTo("false");
    }

    @Test
    @Assertion(26)
    @HoldsWithoutSession("about requests without a session")
    void changingTheIdWithoutASessionFails() {
        assertThat(newBrowser().run("change-id").result("change-id")).isEqualTo("!IllegalStateException");
    }

    @Test
    @Assertion(27)
    @NativeDiffers(on = "tomcat", because = "Tomcat changes it, and the client never hears of the new id; ours refuses")
    void changingTheIdAfterTheResponseWentOutFailsAndChangesNothing() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set a 1").result("create");

        browser.run("find", "flush-buffer", "change-id", "id");

        assertThat(browser.noted("change-id")).isEqualTo("!IllegalStateException");
        assertThat(browser.noted("id")).isEqualTo(id);
        assertThat(browser.run("find", "get a").body()).contains("find -> " + id, "get a -> 1");
    }

    @Test
    @Assertion(26)
    void sessionCreatedAndChangedInOneRequestHasOneCookie() {
        Browser browser = newBrowser();

        Exchange exchange = browser.run("create", "change-id");

        assertThat(exchange.sessionCookie().value()).contains(exchange.result("change-id"));
        assertThat(browser.run("find").result("find")).isEqualTo(exchange.result("change-id"));
    }

    @Test
    @Assertion(28)
    void sessionAfterAnInvalidatedOneIsAnotherAndHasTheOnlyCookie() {
        Browser browser = newBrowser();
        String oldId = browser.run("create", "set a 1").result("create");

        Exchange exchange = browser.run("find", "invalidate", "find", "create", "new", "get a");

        assertThat(exchange.result("find")).isEqualTo("none");
        assertThat(exchange.result("create")).isNotEqualTo(oldId);
        assertThat(exchange.sessionCookie().value()).contains(exchange.result("create"));
        assertThat(browser.run("find").result("find")).isEqualTo(exchange.result("create"));
    }

    @Test
    @Assertion(28)
    void severalSessionsInOneRequestLeaveOneCookie() {
        Browser browser = newBrowser();

        Exchange exchange = browser.run("create", "invalidate", "create", "invalidate", "create");

        assertThat(exchange.sessionCookie().value()).contains(exchange.result("create"));
        assertThat(browser.run("find").result("find")).isEqualTo(exchange.result("create"));
    }

    @Test
    @Assertion(28)
    void invalidatedSessionIsGoneForTheNextRequest() {
        Browser browser = newBrowser();
        browser.run("create");
        String cookie = browser.sessionCookie();

        browser.run("invalidate");

        assertThat(newBrowser().runWithCookies("JSESSIONID=" + cookie, "find").result("find"))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @Assertion(30)
    @ValueSource(
            strings = {"created", "accessed", "new", "get a", "names", "set a 1", "set-null a", "remove a", "invalidate"
            })
    void invalidatedSessionRefuses(String step) {
        Exchange exchange = newBrowser().run("create", "set a 1", "invalidate", step);

        assertThat(exchange.body().lines().reduce((earlier, later) -> later))
                .hasValue(step + " -> !IllegalStateException");
    }

    @Test
    @Assertion(30)
    @NativeDiffers(
            on = "undertow",
            because = "Undertow refuses the interval of a session that has ended; ours tells it, as the others do")
    void invalidatedSessionStillTellsItsIdIntervalAndContext() {
        Exchange exchange = newBrowser()
                .run("create", "set-interval 77", "invalidate", "id", "interval", "set-interval 78", "context");

        assertThat(exchange.result("id")).isEqualTo(exchange.result("create"));
        assertThat(exchange.result("interval")).isEqualTo("77");
        assertThat(exchange.result("set-interval 78")).isEqualTo("done");
        assertThat(exchange.result("context")).isEqualTo("true");
    }

    @Test
    @Assertion({11, 32, 80})
    void requestThatDoesNotTouchTheSessionNeitherEndsNorReplacesIt() {
        Browser browser = newBrowser();
        String id = browser.run("create").result("create");

        Exchange untouched = browser.run("dispatcher");
        Exchange file = browser.get("/static.txt");

        assertThat(untouched.headers("Set-Cookie")).isEmpty();
        assertThat(file.headers("Set-Cookie")).isEmpty();
        assertThat(file.body()).contains("a static file");
        assertThat(browser.run("find").result("find")).isEqualTo(id);
    }

    @Test
    @Assertion({11, 32})
    @HoldsWithoutSession("about requests without a session")
    void requestWithoutASessionCreatesNone() {
        assertThat(newBrowser().run("dispatcher").headers("Set-Cookie")).isEmpty();
        assertThat(newBrowser().get("/static.txt").headers("Set-Cookie")).isEmpty();
    }

    @Test
    @Assertion(9)
    void creatingASessionAfterTheResponseWentOutFails() {
        Browser browser = newBrowser();

        browser.run("flush-buffer", "create");

        assertThat(browser.noted("create")).isEqualTo("!IllegalStateException");
    }

    @Test
    @Assertion(9)
    void creatingASessionAfterARedirectFails() {
        Browser browser = newBrowser();

        browser.run("redirect elsewhere", "create");

        assertThat(browser.noted("create")).isEqualTo("!IllegalStateException");
    }

    @Test
    @Assertion(9)
    void existingSessionIsThereAfterTheResponseWentOut() {
        Browser browser = newBrowser();
        String id = browser.run("create").result("create");

        browser.run("flush-buffer", "create");

        assertThat(browser.noted("create")).isEqualTo(id);
    }

    @Test
    @Assertion(72)
    @HoldsWithoutSession("about classes, within one request")
    void typesGivenToTheApplicationCanBeIntrospected() {
        Exchange exchange = newBrowser()
                .run("create", "introspect-session", "introspect-request", "introspect-response", "session-is-bean");

        assertThat(exchange.result("introspect-session")).isEqualTo("fine");
        assertThat(exchange.result("introspect-request")).isEqualTo("fine");
        assertThat(exchange.result("introspect-response")).isEqualTo("fine");
        assertThat(exchange.result("session-is-bean")).isEqualTo(exchange.result("create"));
    }
}
