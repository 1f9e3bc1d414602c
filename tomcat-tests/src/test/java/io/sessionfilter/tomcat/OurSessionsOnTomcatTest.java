package io.sessionfilter.tomcat;

import io.sessionfilter.testkit.contract.OurSessionsContract;

final class OurSessionsOnTomcatTest extends OurSessionsContract {
    OurSessionsOnTomcatTest() {
        super(new EmbeddedTomcat());
    }
}
