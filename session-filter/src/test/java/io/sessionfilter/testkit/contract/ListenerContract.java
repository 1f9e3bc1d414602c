package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What session listeners, and values that are listeners, hear, and in which order. */
abstract class ListenerContract extends ContractTest {
    private static final String DESTROYED = "late destroyed | destroyed a=null own-loader=true";

    @Override
    String contextPath() {
        return LISTENERS;
    }

    /** What was heard of a session after its creation. */
    private String events(String id) {
        return newBrowser().run("events " + id).result("events " + id);
    }

    /** Runs a script on a new session, and returns what was heard of it after its creation. */
    private String heard(String... steps) {
        Browser browser = newBrowser();
        String id = browser.run("create").result("create");
        browser.run(steps);
        return events(id);
    }

    @Test
    @Assertion(88)
    @Needs(Feature.ANNOTATIONS)
    void listenersHearOfCreationInTheOrderOfTheirRegistration() {
        String id = newBrowser().run("create").result("create");

        assertThat(newBrowser().run("creation " + id).result("creation " + id))
                .startsWith("created new=true | ")
                .endsWith("late created")
                .contains("annotated created");
    }

    @Test
    @Assertion({64, 84, 88})
    void listenersRegisteredByCodeHearAsWell() {
        String id = newBrowser().run("create", "create", "find").result("create");

        assertThat(newBrowser().run("creation " + id).result("creation " + id))
                .startsWith("created new=true")
                .contains(" | late created")
                .containsOnlyOnce("late created");
    }

    @Test
    @Assertion({64, 84})
    void destructionIsToldInReverseWhileAttributesCanBeRead() {
        assertThat(heard("set a 1", "invalidate"))
                .isEqualTo("added a=1 | late destroyed | destroyed a=1 own-loader=true | removed a=1");
    }

    @Test
    @Assertion({38, 63})
    void attributesAreAddedReplacedAndRemoved() {
        assertThat(heard("set a 1", "set a 2", "remove a", "remove a", "set-null a", "set a 3", "set-null a"))
                .isEqualTo("added a=1 | replaced a=1 | removed a=2 | added a=3 | removed a=3");
    }

    @Test
    @Assertion(63)
    @NativeDiffers(on = "jetty", because = "Jetty tells a value that it is bound when it can be read already")
    @NativeDiffers(on = "undertow", because = "Undertow tells attribute listeners before the values")
    void anAttributeOfAnEarlierRequestIsReplacedAndRemoved() {
        Browser browser = newBrowser();
        String id = browser.run("create", "set a 1", "bind b x").result("create");
        browser.run("set a 2", "remove b");

        assertThat(events(id))
                .isEqualTo(
                        "added a=1 | bound x seen=null | added b=x | replaced a=1 | unbound x seen=null | removed b=x");
    }

    @Test
    @Assertion(63)
    @NativeDiffers(
            on = "tomcat",
            because = "Tomcat tells attribute listeners the new value where a listening one is replaced")
    @NativeDiffers(
            on = "jetty",
            because = "Jetty unbinds the old value first, and tells the new one when it can be read already")
    @NativeDiffers(on = "undertow", because = "Undertow tells attribute listeners before the values")
    void aValueIsBoundBeforeAndUnboundAfterItCanBeRead() {
        assertThat(heard("bind b x", "bind b y", "remove b"))
                .isEqualTo("bound x seen=null | added b=x"
                        + " | bound y seen=x | unbound x seen=y | replaced b=x"
                        + " | unbound y seen=null | removed b=y");
    }

    @Test
    @Assertion(63)
    @NativeDiffers(on = "jetty", because = "Jetty tells nobody when an equal value is set again")
    @NativeDiffers(on = "undertow", because = "Undertow binds it again, and tells no attribute listener")
    void theSameInstanceAgainIsReplacedAndNotBoundAgain() {
        assertThat(heard("bind b x", "set-same b")).isEqualTo("bound x seen=null | added b=x | replaced b=x");
    }

    @Test
    @Assertion(63)
    @NativeDiffers(on = "jetty", because = "Jetty tells nobody when an equal value is set again")
    @NativeDiffers(on = "undertow", because = "Undertow tells attribute listeners before the values")
    void anEqualInstanceIsBoundAndReplacesTheOther() {
        assertThat(heard("bind b x", "bind b x"))
                .isEqualTo("bound x seen=null | added b=x | bound x seen=x | unbound x seen=x | replaced b=x");
    }

    @Test
    @Assertion({64, 67, 84})
    @NativeDiffers(on = "undertow", because = "Undertow tells attribute listeners before the values")
    void invalidationUnbindsAfterItWasTold() {
        assertThat(heard("bind b x", "invalidate"))
                .endsWith("added b=x | " + DESTROYED + " | unbound x seen=null | removed b=x");
    }

    @Test
    @Assertion({26, 85})
    @NativeDiffers(on = "undertow", because = "Undertow tells it twice")
    void aNewIdIsToldOnceAndIsInPlace() {
        Browser browser = newBrowser();
        String oldId = browser.run("create", "set on-id-changed set").result("create");
        String newId = browser.run("change-id").result("change-id");

        assertThat(events(newId)).isEqualTo("id changed known=true | added old-id=" + oldId);
        assertThat(browser.run("get old-id").result("get old-id")).isEqualTo(oldId);
    }

    @Test
    @Assertion(66)
    @NativeDiffers(on = "jetty", because = "Jetty lets the request fail")
    void aListenerThatThrowsBreaksNeitherTheRequestNorTheSession() {
        Browser browser = newBrowser();
        Exchange exchange = browser.run("create", "set throw 1", "set on-destroyed throw", "set a 1");

        assertThat(exchange.result("set throw 1")).isEqualTo("done");
        assertThat(browser.run("get a", "invalidate").result("invalidate")).isEqualTo("done");
        assertThat(events(exchange.result("create")))
                .contains("destroyed a=1 own-loader=true | removed ")
                .contains("removed a=1", "removed on-destroyed=throw", "removed throw=1");
    }

    @Test
    @Assertion(66)
    @NativeDiffers(
            on = {"tomcat", "jetty", "undertow"},
            because = "containers let the caller of removeAttribute fail, some that of setAttribute too")
    void aValueThatThrowsBreaksNeitherTheRequestNorTheSession() {
        Browser browser = newBrowser();
        Exchange exchange = browser.run("create", "bind b throw", "set a 1", "remove b", "names");

        assertThat(exchange.result("bind b throw")).isEqualTo("done");
        assertThat(exchange.result("remove b")).isEqualTo("done");
        assertThat(browser.run("names").result("names")).isEqualTo("[a]");
        assertThat(events(exchange.result("create")))
                .isEqualTo(
                        "bound throw seen=null | added b=throw | added a=1 | unbound throw seen=null | removed b=throw");
    }

    @Test
    @Assertion(66)
    void aListenerMayChangeTheSessionThatEnds() {
        assertThat(heard("set on-destroyed set", "invalidate"))
                .startsWith("added on-destroyed=set | " + DESTROYED + " | added late=1 | now late=1 | ")
                .containsOnlyOnce("removed late=1")
                .containsOnlyOnce("removed on-destroyed=set");
    }

    @Test
    @Assertion(66)
    @NativeDiffers(on = "undertow", because = "Undertow refuses it as ended already")
    void aListenerMayInvalidateTheSessionThatEnds() {
        assertThat(heard("set on-destroyed invalidate", "invalidate"))
                .isEqualTo("added on-destroyed=invalidate | " + DESTROYED
                        + " | invalidated again | removed on-destroyed=invalidate");
    }
}
