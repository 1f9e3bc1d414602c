package io.sessionfilter.internal.config;

/**
 * One memcached node as configured. Not resolved: the host is what was written, checked for its syntax.
 *
 * @param nodeId letters, digits and underscore; unique in the list
 * @param host a host name, an IPv4 address, or an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record MemcachedAddress(String nodeId, String host, int port) {
    @Override
    public String toString() {
        return nodeId + ":" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
