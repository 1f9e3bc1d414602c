package io.sessionfilter.internal.metrics;

import io.sessionfilter.internal.metrics.Metrics.Counter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the counters of one web application in JMX, as {@code io.sessionfilter:type=Sessions,context=...,filter=...,route=...}: one read-only
 * attribute per {@link Counter}, in camel case, and gauges.
 */
public final class MetricsBean implements DynamicMBean, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsBean.class);

    private final Map<String, LongSupplier> values = new TreeMap<>();
    private final ObjectName name;

    private MetricsBean(Metrics metrics, Map<String, LongSupplier> gauges, ObjectName name) {
        for (Counter counter : Counter.values()) {
            values.put(camelCase(counter), () -> metrics.get(counter));
        }
        values.putAll(gauges);
        this.name = name;
    }

    /**
     * Registers the counters of a web application. That JMX refuses is logged and does no harm.
     *
     * @param context the web application's context path
     * @param filter the filter's name
     * @param route of the app node, since several may be embedded in one JVM; {@code null}: it has none
     * @param gauges further values by name
     * @return for taking them out again
     */
    public static MetricsBean register(
            Metrics metrics, String context, String filter, @Nullable String route, Map<String, LongSupplier> gauges) {
        ObjectName name;
        try {
            name = new ObjectName("io.sessionfilter:type=Sessions,context=" + ObjectName.quote(context) + ",filter="
                    + ObjectName.quote(filter) + (route == null ? "" : ",route=" + ObjectName.quote(route)));
        } catch (JMException e) {
            throw new IllegalStateException("quoted names are always well-formed", e);
        }
        MetricsBean bean = new MetricsBean(metrics, gauges, name);
        try {
            server().registerMBean(bean, name);
        } catch (JMException e) {
            log.warn("the counters of web application \"{}\" are not shown in JMX: {}", context, e.toString());
        }
        return bean;
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    private static String camelCase(Counter counter) {
        String[] words = counter.name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder text = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            text.append(Character.toUpperCase(words[i].charAt(0))).append(words[i], 1, words[i].length());
        }
        return text.toString();
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        LongSupplier value = values.get(attribute);
        if (value == null) {
            throw new AttributeNotFoundException(attribute);
        }
        return value.getAsLong();
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        List<Attribute> found = new ArrayList<>();
        for (String attribute : Arrays.asList(attributes)) {
            LongSupplier value = values.get(attribute);
            if (value != null) {
                found.add(new Attribute(attribute, value.getAsLong()));
            }
        }
        AttributeList list = new AttributeList();
        found.forEach(list::add);
        return list;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " is read-only");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException(action);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = values.keySet().stream()
                .map(value -> new MBeanAttributeInfo(value, "long", value, true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(getClass().getName(), "Counters of session-filter", attributes, null, null, null);
    }

    /** Takes the counters out of JMX. Idempotent. */
    @Override
    public void close() {
        try {
            if (server().isRegistered(name)) {
                server().unregisterMBean(name);
            }
        } catch (JMException e) {
            log.warn("the counters {} stay in JMX: {}", name, e.toString());
        }
    }
}
