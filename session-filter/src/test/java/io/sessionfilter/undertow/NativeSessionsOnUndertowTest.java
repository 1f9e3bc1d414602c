package io.sessionfilter.undertow;

import io.sessionfilter.testkit.contract.NativeSessionsContract;

final class NativeSessionsOnUndertowTest extends NativeSessionsContract {
    NativeSessionsOnUndertowTest() {
        super(new EmbeddedUndertow());
    }
}
