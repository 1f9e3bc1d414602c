package io.sessionfilter.testkit.chaos;

import static io.sessionfilter.testkit.chaos.Cluster.ASYNC;
import static io.sessionfilter.testkit.chaos.Cluster.STICKY;
import static io.sessionfilter.testkit.chaos.Cluster.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.simulation.Recording;
import io.sessionfilter.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of sessions when an app node dies or freezes, and when a balancer sends their requests elsewhere. */
abstract class AppNodeFaults extends ChaosTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG_BEFORE = Duration.ofSeconds(2);
    private static final int USERS = 8;
    private static final int CHANGES = 100;

    @Test
    void aKilledAppNodeTakesNothingWithItThatAClientWasAnswered() {
        try (Traffic traffic = Traffic.start(cluster(), TWO, Cluster.THREE)) {
            traffic.awaitMore(60);
            cluster().appNode(1).kill();
            cluster().serves(1, false);
            traffic.awaitMore(80);
            traffic.check("APP_KILL", table());
            assertThat(traffic.unanswered()).isPositive();
        }
    }

    /** How much it loses depends on the machine, and is printed. */
    @Test
    void whatSavingLaterLosesWithItsAppNodeWasAnsweredShortlyBefore() throws Exception {
        List<Answered> users = new ArrayList<>();
        List<CompletableFuture<Void>> working = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            Answered user = new Answered(newSession(ASYNC, 1));
            users.add(user);
            working.add(CompletableFuture.runAsync(user::work));
        }
        long worked = System.nanoTime() + LONG_BEFORE.multipliedBy(2).toNanos();
        Await.until(
                "each has been answered often, and for long enough to lose much",
                PATIENCE,
                () -> System.nanoTime() > worked && users.stream().allMatch(user -> user.times.size() >= CHANGES));

        cluster().appNode(1).kill();
        long killed = System.nanoTime();
        cluster().serves(1, false);
        CompletableFuture.allOf(working.toArray(CompletableFuture[]::new)).join();

        int answered = 0;
        int lost = 0;
        long oldest = 0;
        for (Answered user : users) {
            Map<String, List<String>> seen = user.session.attributes(2);
            int kept = Integer.parseInt(seen.get("a").get(0));
            answered += user.times.size();
            lost += Math.max(0, user.times.size() - kept); // what was kept may be one more than was answered
            if (kept < user.times.size()) {
                oldest = Math.max(oldest, killed - user.times.get(kept));
            }
        }
        System.out.printf(
                "sessionBackupAsync: SIGKILL lost %d of %d answered changes of %d sessions; the oldest was answered %d ms before%n",
                lost, answered, USERS, TimeUnit.NANOSECONDS.toMillis(oldest));
        assertThat(Duration.ofNanos(oldest)).isLessThan(LONG_BEFORE);
    }

    /** A user who changes a session as fast as he is answered, and when he was. */
    private static final class Answered {
        final Session session;
        final List<Long> times = new CopyOnWriteArrayList<>();

        Answered(Session session) {
            this.session = session;
        }

        void work() {
            try {
                while (true) {
                    Reply reply = session.run(1, "look", "put a " + (times.size() + 1));
                    if (reply.status() != 200) {
                        return;
                    }
                    times.add(System.nanoTime());
                }
            } catch (UncheckedIOException e) {
                // the app node has died
            }
        }
    }

    @Test
    void aRequestInFlightOnAKilledAppNodeLeavesNoHalfWrittenSession() throws Exception {
        Session session = newSession(TWO, 1);
        CompletableFuture<Reply> request = inFlight(session, "put b 1", "put c 1", "gate in-flight", "put d 1");
        arriveAt(TWO, "in-flight");

        cluster().appNode(1).kill();
        cluster().serves(1, false);

        assertThatThrownBy(request::get).isInstanceOf(ExecutionException.class);
        assertThat(session.attributes(2)).containsOnlyKeys("a");
        session.run(2, "look", "put a 1");
        assertThat(session.attributes(2)).containsEntry("a", List.of("1"));
    }

    @Test
    void aFrozenAppNodeThatThawsWritesWhatItsRequestHasChangedAndNothingElse() throws Exception {
        Recording recording = new Recording("jvm", false, Cluster.VALIDATE_AFTER);
        Visitor visitor = new Visitor(cluster(), TWO, recording);
        visitor.begin(1, "own1", "log");
        Session zombie = new Session(TWO, visitor.cookie());
        CompletableFuture<Reply> request = inFlight(zombie, "gate frozen", "put zombie 1");
        arriveAt(TWO, "frozen");

        cluster().appNode(1).freeze();
        cluster().serves(1, false);
        for (int i = 0; i < 10; i++) {
            visitor.visit(2, "own1", "log");
        }
        cluster().appNode(1).thaw();
        cluster().serves(1, true);
        open(TWO, "frozen");

        assertThat(request.get().result("put zombie 1")).isEqualTo("-");
        for (int appNode : new int[] {1, 2}) {
            Optional<Reply> seen = visitor.visit(appNode);
            assertThat(seen.orElseThrow().result("look")).contains("zombie=1");
        }
        table().count("APP_FREEZE", 2, recording.tally());
        assertThat(recording.violations()).isEmpty();
    }

    @Test
    void aFrozenAppNodeThatThawsDoesNotReviveASessionThatHasEnded() throws Exception {
        Session session = newSession(TWO, 1);
        CompletableFuture<Reply> request = inFlight(session, "gate ended", "put zombie 1");
        arriveAt(TWO, "ended");
        cluster().appNode(1).freeze();

        session.run(2, "look", "end");
        cluster().appNode(1).thaw();
        open(TWO, "ended");

        request.get();
        for (int appNode : new int[] {1, 2}) {
            assertThat(session.runWith(session.cookie(), appNode, "look").result("look"))
                    .isEqualTo("-");
        }
    }

    @Test
    void aStickyAppNodeThatThawsDoesNotTrustItsNearCache() {
        Session session = newSession(STICKY, 1);
        String route1 = session.cookie();
        session.run(1, "look", "put a 1");
        long trusted = System.nanoTime();
        cluster().appNode(1).freeze();

        session.runWith(route1, 2, "look", "put a 2");
        Await.until(
                "it is longer ago than what is trusted",
                () -> System.nanoTime() - trusted > Cluster.VALIDATE_AFTER.toNanos());
        cluster().appNode(1).thaw();

        assertThat(session.runWith(route1, 1, "look").result("look")).contains("a=2");
    }

    @Test
    void aBalancerThatFlapsShowsNothingThatIsOlderThanWhatAnAppNodeMayTrust() {
        try (Traffic traffic = Traffic.start(cluster(), STICKY)) {
            traffic.awaitMore(150);
            traffic.check("FLAPPING", table());
        }
    }

    @Test
    void whatOneAppNodeChangesTheOtherShowsWithinValidateAfterWhereverTheBalancerSendsTheNextRequest() {
        Session session = newSession(STICKY, 1);
        String cookie = session.cookie(); // whose route is jvm1, which may trust its near-cache; jvm2 never does
        session.runWith(cookie, 1, "look", "put a 1");
        assertThat(session.runWith(cookie, 2, "look").result("look")).contains("a=1");

        session.runWith(cookie, 1, "look", "put a 2");
        assertThat(session.runWith(cookie, 2, "look", "put b 1").result("look")).contains("a=2");

        long answered = System.nanoTime();
        Await.until("the change is seen on the app node of the route", () -> {
            long sent = System.nanoTime();
            boolean seen = session.runWith(cookie, 1, "look").result("look").contains("b=1");
            assertThat(seen || sent - answered < Cluster.VALIDATE_AFTER.toNanos())
                    .as("seen, or sent within validateAfter")
                    .isTrue();
            return seen;
        });
    }

    @Test
    void anAppNodeThatStartsWithoutAnyMemcachedNodeSharesItsSessionsWhenTheyAreBack() {
        for (int node = 1; node <= 3; node++) {
            cluster().killMemcached(node);
        }
        cluster().appNode(2).kill();
        cluster().serves(2, false);
        cluster().restartAppNode(2);

        Session session = newSession(TWO, 2);
        for (int i = 1; i <= 3; i++) {
            assertThat(session.run(2, "look", "put a " + i).status()).isEqualTo(200);
        }
        for (int node = 1; node <= 3; node++) {
            cluster().restartMemcached(node);
        }

        Await.until(
                "the other app node knows the session",
                PATIENCE,
                () -> session.attributes(1).containsKey("a"));
        assertThat(session.attributes(1)).containsEntry("a", List.of("3"));
    }

    @Test
    void sessionsGoOnWhileAllMemcachedNodesAreDownAndAreEverywhereWhenTheyAreBack() {
        Session session = newSession(TWO, 1);
        for (int node = 1; node <= 3; node++) {
            cluster().killMemcached(node);
        }

        for (int i = 1; i <= 3; i++) {
            assertThat(session.run(1, "look", "put a " + i).status()).isEqualTo(200);
            assertThat(session.attributes(1)).containsEntry("a", List.of("" + i));
        }
        for (int node = 1; node <= 3; node++) {
            cluster().restartMemcached(node);
        }

        Await.until(
                "the other app node knows the changes",
                PATIENCE,
                () -> List.of("3").equals(session.attributes(2).get("a")));
    }

    private CompletableFuture<Reply> inFlight(Session session, String... steps) {
        String[] all = new String[steps.length + 1];
        all[0] = "look";
        System.arraycopy(steps, 0, all, 1, steps.length);
        String cookie = session.cookie();
        return CompletableFuture.supplyAsync(() -> session.runWith(cookie, 1, all));
    }

    private void arriveAt(String path, String gate) throws IOException {
        assertThat(Reply.aside(board(path, "reached=" + gate)).status()).isEqualTo(200);
    }

    private void open(String path, String gate) throws IOException {
        assertThat(Reply.aside(board(path, "open=" + gate)).status()).isEqualTo(200);
    }

    private URI board(String path, String query) {
        return cluster().appNode(1).baseUri().resolve(path + "/board?" + query);
    }
}
