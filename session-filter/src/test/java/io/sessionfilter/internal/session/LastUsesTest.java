package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is remembered of sessions that this app node has served, and for how long. */
class LastUsesTest {
    private static final int DAY = 86_400;

    @Test
    void sessionsWatchedAreBounded() {
        LastUses uses = new LastUses(2);

        assertThat(uses.watch("a", 0, 1, 0)).isNotNull();
        assertThat(uses.watch("b", 0, 1, 0)).isNotNull();
        assertThat(uses.watch("c", 0, 1, 0)).isNull();
        assertThat(uses.watch("a", 5, 1, 0)).isNotNull();
        uses.forget("b");
        uses.pollDue(0);
        assertThat(uses.watch("c", 0, 1, 0)).isNotNull();
    }

    @Test
    void sessionsThatHaveEndedAreNotRememberedUntilTheyWouldHaveExpired() {
        LastUses uses = new LastUses(LastUses.MAX_SESSIONS);
        uses.watch("kept", 0, DAY, 0);

        for (int i = 0; i < 100_000; i++) {
            uses.watch("session " + i, 0, DAY, 0);
            uses.pollDue(0);
            uses.forget("session " + i);
        }
        uses.pollDue(0);

        assertThat(uses.size()).isEqualTo(1);
        assertThat(uses.ordered()).isLessThan(10_000);
        LastUses.LastUse due = uses.pollDue(TimeUnit.SECONDS.toNanos(DAY));
        assertThat(due).isNotNull();
        assertThat(due.key()).isEqualTo("kept");
    }

    /** A listener may hang, and with it the thread that looks. */
    @Test
    void whatWaitsWhileNobodyLooksIsBounded() {
        LastUses uses = new LastUses(100);
        int watched = 0;

        for (int i = 0; i < 1_000; i++) {
            watched += uses.watch("session " + i, 0, DAY, 0) == null ? 0 : 1;
            uses.forget("session " + i);
        }
        assertThat(watched).isEqualTo(100);

        uses.pollDue(0);
        assertThat(uses.watch("later", 0, DAY, 0)).isNotNull();
    }
}
