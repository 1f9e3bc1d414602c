package io.sessionfilter.jetty;

import io.sessionfilter.testkit.contract.OurSessionsContract;

final class OurSessionsOnJettyTest extends OurSessionsContract {
    OurSessionsOnJettyTest() {
        super(new EmbeddedJetty());
    }
}
