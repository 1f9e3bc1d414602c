package io.sessionfilter.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Eight windows of one browser on two app nodes, and 2,000 updates of their one session. Each update is of an attribute of the window's own, of a counter that has a merger, and of one that has
 * none. Ours only.
 */
abstract class ManyUpdatesContract extends ContractTest {
    /** For the applications of this contract. */
    static final Map<String, String> SETTINGS =
            Map.of("attributeMergers", "merged=io.sessionfilter.testkit.contract.app.SumMerger");

    private static final int WINDOWS = 8;
    private static final int UPDATES = 2_000 / WINDOWS;

    /** So many different attributes a window updates. */
    private static final int ATTRIBUTES = 5;

    /**
     * An update of the counter that has no merger.
     *
     * @param written what it was set to
     */
    private record Update(int written, long beginNanos, long endNanos) {}

    private final Queue<Update> updates = new ConcurrentLinkedQueue<>();

    @Test
    @Assertion({48, 49})
    void updatesOfOneSessionByManyRequestsOnTwoAppNodesAreNotLost() throws Exception {
        Browser browser = newBrowser();
        browser.run("create");

        ExecutorService threads = Executors.newFixedThreadPool(WINDOWS);
        try {
            List<Callable<Void>> windows = new ArrayList<>();
            for (int window = 0; window < WINDOWS; window++) {
                int number = window;
                Browser shown = window(browser, number);
                windows.add(() -> {
                    update(shown, "own-" + number + "-");
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(windows)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        // What lost against many others in a row is stored a moment after its answer.
        Await.until(
                "no update of the counter with a merger is lost",
                () -> browser.run("get merged").result("get merged").equals(Integer.toString(WINDOWS * UPDATES)));
        int plain = Integer.parseInt(browser.run("get plain").result("get plain"));
        assertThat(updates)
                .as(
                        "of the other counter the later commit wins: %d must have been written by an update after whose end none began",
                        plain)
                .anyMatch(update -> update.written() == plain
                        && updates.stream().noneMatch(later -> later.beginNanos() > update.endNanos()));
    }

    /** With cookies of its own, as soon as the route changes. */
    private Browser window(Browser browser, int number) {
        Browser window = new Browser(deployment(), contextPath(), Collections.synchronizedList(new ArrayList<>()));
        window.cookies().putAll(browser.cookies());
        return window.at(number % 2);
    }

    private void update(Browser window, String own) {
        for (int i = 0; i < UPDATES; i++) {
            String name = own + i % ATTRIBUTES;
            long begin = System.nanoTime();
            Exchange update = window.run("get " + name, "set " + name + " " + i, "count-up merged", "count-up plain");
            long end = System.nanoTime();
            assertThat(update.result("get " + name))
                    .as("the last update of %s, before update %d", name, i)
                    .isEqualTo(i < ATTRIBUTES ? "null" : Integer.toString(i - ATTRIBUTES));
            updates.add(new Update(Integer.parseInt(update.result("count-up plain")), begin, end));
        }
    }
}
