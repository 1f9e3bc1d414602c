package io.sessionfilter.internal.metrics;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One object in JMX, named {@code io.sessionfilter:type=...,context=...,filter=...,route=...}, until it is closed. */
public final class JmxRegistration implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JmxRegistration.class);

    private final ObjectName name;

    private JmxRegistration(ObjectName name) {
        this.name = name;
    }

    /**
     * Registers an object. That JMX refuses is logged and does no harm.
     *
     * @param type what it is
     * @param context the web application's context path
     * @param filter the filter's name
     * @param route of the app node, since several may be embedded in one JVM; {@code null}: it has none
     * @param bean an MBean
     * @return for taking it out again
     */
    public static JmxRegistration register(
            String type, String context, String filter, @Nullable String route, Object bean) {
        ObjectName name;
        try {
            name = new ObjectName("io.sessionfilter:type=" + type + ",context=" + ObjectName.quote(context) + ",filter="
                    + ObjectName.quote(filter) + (route == null ? "" : ",route=" + ObjectName.quote(route)));
        } catch (JMException e) {
            throw new IllegalStateException("quoted names are always well-formed", e);
        }
        try {
            server().registerMBean(bean, name);
        } catch (JMException e) {
            log.warn("{} of web application \"{}\" is not shown in JMX: {}", type, context, e.toString());
        }
        return new JmxRegistration(name);
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    /** Takes it out of JMX. Idempotent. */
    @Override
    public void close() {
        try {
            if (server().isRegistered(name)) {
                server().unregisterMBean(name);
            }
        } catch (JMException e) {
            log.warn("{} stays in JMX: {}", name, e.toString());
        }
    }
}
