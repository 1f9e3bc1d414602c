package io.sessionfilter.internal.metrics;

import io.sessionfilter.internal.metrics.Metrics.Counter;
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
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import org.jspecify.annotations.Nullable;

/**
 * Shows the counters of one web application in JMX, as {@code io.sessionfilter:type=Sessions,context=...,filter=...,route=...}: one read-only
 * attribute per {@link Counter}, in camel case, and gauges.
 */
public final class MetricsBean implements DynamicMBean {
    private final Map<String, LongSupplier> values = new TreeMap<>();

    private MetricsBean(Metrics metrics, Map<String, LongSupplier> gauges) {
        for (Counter counter : Counter.values()) {
            values.put(camelCase(counter), () -> metrics.get(counter));
        }
        values.putAll(gauges);
    }

    /**
     * Registers the counters of a web application.
     *
     * @param context the web application's context path
     * @param filter the filter's name
     * @param route of the app node; {@code null}: it has none
     * @param gauges further values by name
     * @return for taking them out again
     */
    public static JmxRegistration register(
            Metrics metrics, String context, String filter, @Nullable String route, Map<String, LongSupplier> gauges) {
        return JmxRegistration.register("Sessions", context, filter, route, new MetricsBean(metrics, gauges));
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
}
