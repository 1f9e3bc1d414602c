package io.sessionfilter.internal.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionfilter.SessionFilterConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings from somewhere, as a test writes them; the filter is called "sessions". */
final class Configured {
    static final String NODES = "n1:cache1.example.com:11211,n2:cache2.example.com:11211";

    private final Map<Source, Map<String, String>> values = new HashMap<>();

    private Configured() {}

    /** Nothing at all, so that memcachedNodes is missing. */
    static Configured empty() {
        return new Configured();
    }

    /** Two memcached nodes, and all else by default. */
    static Configured minimal() {
        return empty().with(Source.INIT_PARAM, "memcachedNodes", NODES);
    }

    /** Two memcached nodes, and this init-param. */
    static Configured initParam(String name, String value) {
        return minimal().with(Source.INIT_PARAM, name, value);
    }

    Configured with(Source source, String fullName, String value) {
        of(source).put(fullName, value);
        return this;
    }

    private Map<String, String> of(Source source) {
        return values.computeIfAbsent(source, none -> new HashMap<>());
    }

    SettingSources sources() {
        return new SettingSources(
                "sessions",
                of(Source.SYSTEM_PROPERTY),
                of(Source.ENVIRONMENT),
                of(Source.INIT_PARAM),
                of(Source.CONTEXT_PARAM));
    }

    SessionFilterConfig read() {
        return SessionFilterConfig.read(sources());
    }

    /** The problems of a configuration that is refused, one a line; none if it is accepted. */
    List<String> problems() {
        SessionFilterConfigException refused = catchThrowableOfType(SessionFilterConfigException.class, this::read);
        return refused == null
                ? List.of()
                : String.valueOf(refused.getMessage()).lines().skip(1).toList();
    }
}
