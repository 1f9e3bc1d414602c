package io.sessionfilter.jetty;

import io.sessionfilter.testkit.contract.NativeSessionsContract;

final class NativeSessionsOnJettyTest extends NativeSessionsContract {
    NativeSessionsOnJettyTest() {
        super(new EmbeddedJetty());
    }
}
