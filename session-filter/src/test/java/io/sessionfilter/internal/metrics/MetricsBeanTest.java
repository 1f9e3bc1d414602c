package io.sessionfilter.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class MetricsBeanTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void countersAndGaugesAreShownUntilClosed() throws Exception {
        Metrics metrics = new Metrics();
        ObjectName name =
                new ObjectName("io.sessionfilter:type=Sessions,context=\"/app,1\",filter=\"sessions\",route=\"jvm1\"");
        metrics.count(Counter.SAVES_FAILED);

        JmxRegistration bean =
                MetricsBean.register(metrics, "/app,1", "sessions", "jvm1", Map.of("nearCacheSessions", () -> 7));

        assertThat(server.getAttribute(name, "savesFailed")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "nearCacheSessions")).isEqualTo(7L);
        assertThat(server.getMBeanInfo(name).getAttributes()).hasSize(Counter.values().length + 1);
        bean.close();
        assertThat(server.isRegistered(name)).isFalse();
    }
}
