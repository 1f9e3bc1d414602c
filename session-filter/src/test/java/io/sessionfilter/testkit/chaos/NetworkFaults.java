package io.sessionfilter.testkit.chaos;

import static io.sessionfilter.testkit.chaos.Cluster.OPERATION_TIMEOUT;
import static io.sessionfilter.testkit.chaos.Cluster.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.testkit.FaultyProxy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of sessions when the network between the app nodes and a memcached node is bad. */
abstract class NetworkFaults extends ChaosTest {
    private FaultyProxy network() {
        return cluster().proxy(1);
    }

    @Test
    void answersThatComeLateAreWaitedFor() {
        under(
                "DELAY",
                () -> network().delay(OPERATION_TIMEOUT.dividedBy(10)),
                () -> network().heal());
    }

    @Test
    void answersThatComeTooLateAreNoticedByNobody() {
        under(
                "TIMEOUT",
                () -> network().delay(OPERATION_TIMEOUT.multipliedBy(2)),
                () -> network().heal());
    }

    @Test
    void connectionsThatSwallowEverythingAreNoticedByNobody() {
        under("CUT", () -> network().blackHole(), () -> network().heal());
    }

    @Test
    void requestsWhoseAnswersAreLostAreNotDoneTwice() {
        under("NO_ANSWER", () -> network().holdAnswers(), () -> network().heal());
    }

    @Test
    void requestsThatArriveMuchLaterDoNoHarm() {
        under("MUCH_LATER", () -> network().holdRequests(), () -> network().heal());
    }

    @Test
    void connectionsThatAreResetAreNoticedByNobody() {
        under("RESET", () -> network().reset(), () -> network().reset());
    }

    @Test
    void valuesThatBreakOffInTheMiddleAreNoticedByNobody() {
        under(
                "RESET_IN_VALUE",
                () -> network().resetWithinValues(5),
                () -> network().heal());
    }

    @Test
    void memcachedNodeThatRefusesConnectionsIsNoticedByNobody() {
        under("REFUSED", () -> network().refuse(), () -> network().heal());
    }

    @Test
    void droppedPacketsAreNoticedByNobody() {
        PacketFilter filter = PacketFilter.dropping(network().port());
        try {
            under("PACKETS_DROPPED", filter::begin, filter::close);
        } finally {
            filter.close();
        }
    }

    @Test
    void firstRequestAfterAnIdleConnectionHasDiedFindsItsSession() {
        Session session = newSession(TWO, 1);
        for (int appNode : new int[] {1, 2}) {
            cluster().awaitWell(TWO);
            session.run(appNode, "look");

            cluster().proxy(session.firstMemcachedNode()).reset();

            assertThat(session.attributes(appNode)).containsEntry("a", List.of("0"));
        }
    }
}
