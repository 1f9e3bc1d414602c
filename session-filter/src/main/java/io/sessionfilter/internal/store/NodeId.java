package io.sessionfilter.internal.store;

import java.util.regex.Pattern;

/**
 * The name of a memcached node, such as {@code n1}.
 *
 * @param value letters, digits and underscore only: a hyphen or a dot would break the session id apart
 */
public record NodeId(String value) {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_]+");

    public NodeId {
        if (!SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a node id consists of letters, digits and underscore, but was \"" + value + "\"");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
