package io.sessionfilter.undertow;

import io.sessionfilter.testkit.contract.OurSessionsContract;

final class OurSessionsOnUndertowTest extends OurSessionsContract {
    OurSessionsOnUndertowTest() {
        super(new EmbeddedUndertow());
    }
}
