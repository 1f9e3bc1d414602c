package io.sessionfilter.internal.store;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a memcached node, such as {@code n1}.
 *
 * @param value letters, digits and underscore only: a hyphen or a dot would break the session id apart
 */
public record NodeId(String value) implements Serializable {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_]+");

    public NodeId {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a node id consists of letters, digits and underscore, but was \"" + value + "\"");
        }
    }

    /**
     * As generated, and not generated: JDK 17 remembers the last record class that was hashed or compared by generated code, and with it the
     * class loader of an application that is gone (JDK-8078641). Node ids are keys of maps.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NodeId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
