package io.sessionfilter.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics;
import io.sessionfilter.internal.time.FakeTime;
import org.junit.jupiter.api.Test;

class TombstoneDebtsTest {
    @Test
    void aNodeThatRefusesDoesNotKeepOthersFromBeingPaid() {
        FakeTime time = new FakeTime();
        FakeNode refusing = new FakeNode("n1", time);
        FakeNode well = new FakeNode("n2", time);
        TombstoneDebts debts = new TombstoneDebts(new Metrics());
        Item tombstone = new Item(new byte[1], 1, 60);
        for (int i = 0; i < 10; i++) {
            debts.add("refused" + i, refusing, tombstone);
            debts.add("paid" + i, well, tombstone);
        }
        refusing.refuseNextWrite();

        debts.pay();

        assertThat(well.operations).isEqualTo(10);
        assertThat(debts.size()).isBetween(1, 10);
        debts.pay();
        assertThat(debts.size()).isZero();
    }
}
