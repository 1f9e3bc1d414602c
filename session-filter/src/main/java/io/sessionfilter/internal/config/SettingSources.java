package io.sessionfilter.internal.config;

import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What was configured, where: all that was given as init-params, and of the others what bears our prefix. The first
 * that has a setting wins, in the order of the components.
 *
 * @param filterName the filter's name in {@code web.xml}, for messages
 * @param systemProperties those that begin with {@code session-filter.}; others are left out
 * @param environment the variables that begin with {@code SESSION_FILTER_}; others are left out
 * @param initParams of the filter
 * @param contextParams those that begin with {@code session-filter.}; others are left out
 */
public record SettingSources(
        String filterName,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        Map<String, String> initParams,
        Map<String, String> contextParams) {
    static final String PROPERTY_PREFIX = "session-filter.";
    static final String VARIABLE_PREFIX = "SESSION_FILTER_";

    public SettingSources {
        systemProperties = only(systemProperties, name -> name.startsWith(PROPERTY_PREFIX));
        environment = only(environment, name -> name.startsWith(VARIABLE_PREFIX));
        initParams = only(initParams, name -> true);
        contextParams = only(contextParams, name -> name.startsWith(PROPERTY_PREFIX));
    }

    /** These parameters, and this process's own system properties and environment as they are now. */
    public static SettingSources ofThisProcess(
            String filterName, Map<String, String> initParams, Map<String, String> contextParams) {
        Properties properties = System.getProperties();
        Map<String, String> systemProperties = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, name -> properties.getProperty(name, "")));
        return new SettingSources(filterName, systemProperties, System.getenv(), initParams, contextParams);
    }

    /** The names only: values may be secret. */
    @Override
    public String toString() {
        return "SettingSources[filterName=" + filterName + ", systemProperties=" + systemProperties.keySet()
                + ", environment=" + environment.keySet() + ", initParams=" + initParams.keySet() + ", contextParams="
                + contextParams.keySet() + "]";
    }

    private static Map<String, String> only(Map<String, String> all, Predicate<String> isOurs) {
        Map<String, String> ours = new TreeMap<>(); // messages come in the order of names
        all.forEach((name, value) -> {
            if (isOurs.test(name)) {
                ours.put(name, value);
            }
        });
        return Collections.unmodifiableMap(ours);
    }
}
