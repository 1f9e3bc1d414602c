package io.sessionfilter.tomcat;

import io.sessionfilter.testkit.chaos.ChaosContract;

final class ChaosOnTomcatTest extends ChaosContract {
    ChaosOnTomcatTest() {
        super(EmbeddedTomcat.class, "tomcat-11");
    }
}
