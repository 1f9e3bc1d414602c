package io.sessionfilter.testkit.contract;

import org.junit.jupiter.api.Test;

/** As the others, and a listener of ids as well. Ours only: with sessions of its own, Jetty 12.0 answers such a request never. */
abstract class EndedByIdListenerContract extends EndedByListenerContract {
    @Test
    @Assertion({66, 85})
    void theSessionHasEndedWhenAListenerOfItsNewIdEndsIt() {
        assertThatItEnds("set on-id-changed invalidate", "change-id");
    }
}
