package io.sessionfilter.testkit.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The elements of {@code web.xml} that declare our filter, as a user writes them: its class, init-params, and a
 * mapping to everything.
 */
final class FilterDeclaration {
    private static final String MAPPING = """
              <filter-mapping>
                <filter-name>session-filter</filter-name>
                <url-pattern>/*</url-pattern>
              </filter-mapping>
            """;

    private FilterDeclaration() {}

    /** With the one mapping that users write, and no more: neither dispatcher types nor async support. */
    static String of(Map<String, String> initParams) {
        if (Provider.oursUnlessToldOtherwise() == Provider.NONE) {
            return forgetful();
        }
        String params = new LinkedHashMap<>(initParams)
                .entrySet().stream()
                        .map(param -> "<init-param><param-name>" + param.getKey() + "</param-name><param-value>"
                                + param.getValue() + "</param-value></init-param>")
                        .collect(Collectors.joining("\n    "));
        return """
              <filter>
                <filter-name>session-filter</filter-name>
                <filter-class>io.sessionfilter.SessionFilter</filter-class>
                %s
              </filter>
            %s""".formatted(params, MAPPING);
    }

    /** Nothing but context-params: the filter registers itself. */
    static String automatic(Map<String, String> settings) {
        if (Provider.oursUnlessToldOtherwise() == Provider.NONE) {
            return forgetful();
        }
        return settings.entrySet().stream()
                .map(setting -> "<context-param><param-name>session-filter." + setting.getKey()
                        + "</param-name><param-value>" + setting.getValue() + "</param-value></context-param>")
                .collect(Collectors.joining("\n  "));
    }

    /** The filter that stands for {@link Provider#NONE}, for all requests. */
    private static String forgetful() {
        return """
              <filter>
                <filter-name>session-filter</filter-name>
                <filter-class>io.sessionfilter.testkit.contract.app.ForgetfulSessionsFilter</filter-class>
                <async-supported>true</async-supported>
              </filter>
            """ + MAPPING.replace("</url-pattern>", """
                </url-pattern>
                <dispatcher>REQUEST</dispatcher>
                <dispatcher>FORWARD</dispatcher>
                <dispatcher>INCLUDE</dispatcher>
                <dispatcher>ERROR</dispatcher>
                <dispatcher>ASYNC</dispatcher>""");
    }

    /** Mapped twice by mistake: each request meets the filter twice. */
    static String mappedTwice(Map<String, String> initParams) {
        return of(initParams) + MAPPING.replace("<url-pattern>/*</url-pattern>", "<servlet-name>do</servlet-name>");
    }
}
