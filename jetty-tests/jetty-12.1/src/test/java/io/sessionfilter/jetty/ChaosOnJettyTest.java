package io.sessionfilter.jetty;

import io.sessionfilter.testkit.chaos.ChaosContract;

final class ChaosOnJettyTest extends ChaosContract {
    ChaosOnJettyTest() {
        super(EmbeddedJetty.class, "jetty-12.1");
    }
}
