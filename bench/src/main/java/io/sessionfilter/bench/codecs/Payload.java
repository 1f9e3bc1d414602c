package io.sessionfilter.bench.codecs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session to be encoded.
 *
 * @param name for people
 * @param attributes their values by their names
 * @param classLoader by which their classes are found
 */
record Payload(String name, Map<String, Object> attributes, ClassLoader classLoader) {
    Payload {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
