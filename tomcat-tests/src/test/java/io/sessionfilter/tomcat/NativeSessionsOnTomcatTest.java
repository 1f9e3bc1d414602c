package io.sessionfilter.tomcat;

import io.sessionfilter.testkit.contract.NativeSessionsContract;

final class NativeSessionsOnTomcatTest extends NativeSessionsContract {
    NativeSessionsOnTomcatTest() {
        super(new EmbeddedTomcat());
    }
}
