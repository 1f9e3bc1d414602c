package io.sessionfilter.example.demo.check;

import io.sessionfilter.example.demo.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The demonstration, told from beginning to end: readers, a writer whose app node is killed, an editor, all of memcached killed under the
 * writer, a log-out. One browser for each person; nothing is looked at but what a browser sees.
 */
public final class Check {
    /** As in the message board's {@code web.xml}. */
    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 100;
    private static final String TITLE = "夜市的灯 & the <lamps>";
    private static final String COOKIE = "JSESSIONID";

    private final Site site;
    private final Report report = new Report(System.out);

    public Check(Site site) {
        this.site = site;
    }

    /** Starts the site, tells the story, stops the site. Returns whether everything was as it should be. */
    public boolean run() {
        boolean good = tell();
        List<String> left = site.stop();
        if (left.isEmpty()) {
            report.ok("every process that was started has ended");
        } else {
            report.failed("still running: " + left);
        }
        return good && left.isEmpty();
    }

    private boolean tell() {
        try {
            report.chapter("Starting (memcached: " + site.memcachedKind() + "; codec: " + site.codecName() + ")");
            site.start();
            report.ok("two memcached nodes, H2, Tomcat, Jetty and the balancer serve");
            readersComeAndGo();
            Writer lin = logIn();
            appNodeDies(lin);
            editorPublishes();
            memcachedDies(lin);
            memcachedDiesMidRequest(lin);
            writerLeaves(lin);
            return true;
        } catch (CheckFailed | IOException e) {
            report.failed(e instanceof CheckFailed ? String.valueOf(e.getMessage()) : e.toString());
            System.out.println(site.logTails());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report.failed("interrupted");
            return false;
        }
    }

    private void readersComeAndGo() throws IOException, InterruptedException {
        report.chapter("Readers");
        Browser chinese = new Browser(site.address(), "zh-CN,zh;q=0.9,en;q=0.5");
        Page front = chinese.open("/");
        report.that(front.status() == 200 && front.shows("互动留言"), "the front page speaks Chinese to a Chinese browser");
        Browser english = new Browser(site.address(), "en-GB,en;q=0.8");
        report.that(english.open("/").shows("Message board"), "and English to an English one");
        report.that(chinese.cookies().isEmpty(), "who only reads gets no session");
        Page switched = english.open("/language?to=zh&back=/");
        report.that(
                switched.shows("互动留言") && english.open("/").shows("互动留言"), "the language switch works, and is kept");
        Page login = english.open("/login");
        Page refused = english.submit(login.form("/login"), Map.of("name", "lin", "password", "guess"));
        report.same(401, refused.status(), "a wrong password is refused");
        Page forged = english.submit(
                login.form("/login"),
                Map.of("name", "lin", "password", Writer.password(login, "lin"), "csrf", "forged"));
        report.same(403, forged.status(), "a form without the session's token is refused");
        report.same("/login", english.open("/draft").uri().getPath(), "who has not logged in is asked to");
    }

    private Writer logIn() throws IOException, InterruptedException {
        report.chapter("Logging in");
        Browser browser = new Browser(site.address(), "en");
        browser.open("/login");
        String before = key(browser);
        Writer lin = Writer.logIn(browser, "lin");
        report.ok("logged in as lin, answered by " + where(lin.draft()));
        report.that(!key(browser).equals(before), "the session id is another one since");
        return lin;
    }

    private void appNodeDies(Writer lin) throws IOException, InterruptedException {
        report.chapter("An app node dies");
        Page first = lin.save(lin.draft(), TITLE, "One.");
        expectDraft(first, "One.", 1, "a draft is saved in place, on " + where(first));
        site.kill(first.appNode());
        report.ok("killed " + first.appNode() + " with SIGKILL");
        // Looked at, not saved: a balancer may not send a POST twice, when the connection it had kept turns out to be
        // dead.
        Page there = lin.draft();
        report.that(!there.appNode().equals(first.appNode()), "the next request is answered by " + where(there));
        report.that(!brand(there).equals(brand(first)), "which is another brand of container");
        expectDraft(there, "One.", 1, "the draft is intact there");
        Page second = lin.save(there, TITLE, "One.\nTwo.");
        expectDraft(second, "One.\nTwo.", 2, "the user is still logged in, and the draft goes on");
        report.same(1, second.moves(), "the session has moved once");
        Page preview = lin.preview(second);
        report.that(preview.shows(TITLE) && preview.shows("Two."), "the preview shows what was written on both");
        Page posted = lin.post(preview);
        report.that(!inBoard(posted), "posted, and not public before an editor has seen it");
        report.same(0, lin.draft().draft().saves(), "the draft is gone from the session");
        site.restart(first.appNode());
        await(
                "the restarted " + first.appNode() + " serves again through the balancer",
                () -> new Browser(site.address(), "en").open("/").appNode().equals(first.appNode()));
    }

    private void editorPublishes() throws IOException, InterruptedException {
        report.chapter("Back office");
        Writer chen = Writer.logIn(new Browser(site.address(), "zh"), "chen");
        Page desk = chen.browser().open("/desk");
        report.that(desk.shows(TITLE), "the editor finds the message waiting");
        // Oldest first: what was posted last is the last form.
        List<Page.Form> waiting = desk.forms().stream()
                .filter(form -> form.action().equals("/desk"))
                .toList();
        Page after = chen.browser().submit(waiting.get(waiting.size() - 1), Map.of("decision", "publish"));
        report.that(!after.shows(TITLE), "publishes it");
        Page rejected = chen.browser().submit(waiting.get(0), Map.of("decision", "reject"));
        report.that(
                rejected.forms().stream().noneMatch(form -> form.action().equals("/desk")), "and rejects the other");
        report.that(inBoard(new Browser(site.address(), "en").open("/")), "everybody reads it now, safely escaped");
    }

    private void memcachedDies(Writer lin) throws IOException, InterruptedException {
        report.chapter("All of memcached dies");
        Page before = lin.save(lin.draft(), TITLE, "A");
        site.kill("n1");
        site.kill("n2");
        report.ok("killed n1 and n2 with SIGKILL, just after lin has saved a draft on " + where(before));
        Page page = before;
        for (String text : List.of("A B", "A B C", "A B C D")) {
            page = lin.save(page, TITLE, text);
            expectDraft(page, text, text.length() / 2 + 1, "a change without memcached succeeds and is seen: " + text);
            report.that(page.appNode().equals(before.appNode()), "on the same app node");
        }
        site.restart("n1");
        site.restart("n2");
        report.ok("n1 and n2 are back, empty");
        page = lin.draft();
        expectDraft(page, "A B C D", 4, "the draft is intact");
        page = lin.save(page, TITLE, "A B C D E");
        expectDraft(page, "A B C D E", 5, "and goes on");
        page = saveUntilStored(lin, page);
        int saves = page.draft().saves();
        site.kill(page.appNode());
        Page other = lin.draft();
        report.that(
                !other.appNode().equals(page.appNode()), "killed " + page.appNode() + "; answered by " + where(other));
        expectDraft(other, "A B C D E", saves, "the draft is intact there, too");
        Page next = lin.save(other, TITLE, "A B C D E F");
        expectDraft(next, "A B C D E F", saves + 1, "and goes on");
        site.restart(page.appNode());
    }

    /** An app node reconnects on its own time, and the first save after that is stored: the other app node shows when it was. */
    private Page saveUntilStored(Writer lin, Page first) throws IOException, InterruptedException {
        String appNode = first.appNode();
        String other = appNode.equals("jvm1") ? "jvm2" : "jvm1";
        Page[] saved = {first};
        await("the draft is in memcached again: " + other + " knows it", () -> {
            saved[0] = lin.save(saved[0], TITLE, first.draft().body());
            // With the cookie as it is now: one that finds nothing there is soon sent to log in, with a new session.
            Page seen = lin.browser().withSameCookies(site.address(other)).open("/draft");
            return seen.status() == 200
                    && seen.uri().getPath().equals("/draft")
                    && seen.draft().equals(saved[0].draft());
        });
        report.same(appNode, saved[0].appNode(), "all saved on the same app node");
        return saved[0];
    }

    private void memcachedDiesMidRequest(Writer lin) throws IOException, InterruptedException {
        report.chapter("A memcached node dies in the middle of a request");
        Page page = lin.draft();
        String node = page.memcachedNode();
        report.that(node.equals("n1") || node.equals("n2"), "the session is on " + node);
        site.freeze(node);
        long start = System.nanoTime();
        CompletableFuture<Integer> answer =
                lin.browser().submitLater(page.form("/draft"), Map.of("title", TITLE, "body", "In between"));
        boolean waiting = isWaiting(answer, OPERATION_TIMEOUT.dividedBy(4));
        site.kill(node);
        int status = outcome(answer);
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        report.that(
                waiting,
                node + " was frozen, and the request waited for it when it was killed with SIGKILL"
                        + (waiting ? "" : ": it was answered with " + status + " before"));
        report.that(
                millis <= 2 * OPERATION_TIMEOUT.toMillis(),
                "it was answered after " + millis + " ms: within two operation timeouts of "
                        + OPERATION_TIMEOUT.toMillis() + " ms");
        report.same(303, status == 302 ? 303 : status, "and it succeeded");
        report.same("In between", lin.draft().draft().body(), "what it changed is seen");
        site.restart(node);
    }

    private void writerLeaves(Writer lin) throws IOException, InterruptedException {
        report.chapter("Logging out");
        Page page = lin.draft();
        Browser thief = lin.browser().withSameCookies(site.address());
        lin.logOut(page);
        report.same("/login", lin.browser().open("/draft").uri().getPath(), "lin is logged out");
        report.same("/login", thief.open("/draft").uri().getPath(), "the old cookie is worth nothing");
        for (String appNode : List.of("jvm1", "jvm2")) {
            Browser direct = thief.withSameCookies(site.address(appNode));
            report.same("/login", direct.open("/draft").uri().getPath(), "nor on " + appNode);
        }
    }

    private void expectDraft(Page page, String body, int saves, String what) {
        report.same(new Page.DraftSeen(TITLE, body, saves), page.draft(), what);
    }

    private static boolean inBoard(Page front) {
        return front.shows(TITLE) && !front.html().contains("<lamps>");
    }

    private static String where(Page page) {
        return page.appNode() + " (" + page.container() + ")";
    }

    private static String brand(Page page) {
        return page.container().split("/", 2)[0];
    }

    /** Returns the part of the session id that identifies, without node and route. */
    private static String key(Browser browser) {
        String id = browser.cookies().get(COOKIE);
        if (id == null) {
            throw new CheckFailed("no session cookie");
        }
        return id.split("[-.]", 2)[0];
    }

    private static boolean isWaiting(CompletableFuture<?> answer, Duration time) throws InterruptedException {
        try {
            answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    private static int outcome(CompletableFuture<Integer> answer) throws IOException, InterruptedException {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CheckFailed("no answer after " + PATIENCE);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(String what, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new CheckFailed("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            Thread.sleep(POLL_MILLIS);
        }
        report.ok(what);
    }
}
