package io.sessionfilter.internal.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code n1:host1:11211,n2:[::1]:11211}: entries of node id, host and port, separated by commas or whitespace
 * or both, with {@code /* comments *}{@code /} anywhere between them.
 *
 * <p>All wrong entries are reported, each by itself. What looks as if it held credentials is never repeated in a
 * message.
 */
final class MemcachedNodesParser {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern ENTRY = Pattern.compile("([^:]*):(\\[[^]]*]|[^:\\[\\]]*):([^:]*)");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^]]*]|[^:]*):[0-9]+");
    private static final Pattern ID_AND_HOST = Pattern.compile("[A-Za-z0-9_]+:[^:]+");
    private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://");

    private final List<MemcachedAddress> addresses = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> nodeIdByHostAndPort = new HashMap<>();
    private final Map<String, String> entryByNodeId = new HashMap<>();
    private final List<String> entries;
    private final Optional<String> completeIpv4;

    private MemcachedNodesParser(List<String> entries) {
        this.entries = entries;
        this.completeIpv4 = entries.stream()
                .map(ENTRY::matcher)
                .filter(Matcher::matches)
                .map(entry -> entry.group(2))
                .filter(HostSyntax::isCompleteIpv4)
                .findFirst();
    }

    /**
     * Reads a list of memcached nodes.
     *
     * @return at least one, in the order given
     */
    static List<MemcachedAddress> parse(String text) throws InvalidValueException {
        refuseUrlsAndCredentials(text);
        String withoutComments = COMMENT.matcher(text).replaceAll(" ");
        if (withoutComments.contains("/*")) {
            throw new InvalidValueException("a comment that begins with /* is not closed by */");
        }
        List<String> entries = Lists.split(withoutComments);
        if (entries.isEmpty()) {
            throw new InvalidValueException("names no memcached node; write " + Settings.MEMCACHED_NODES_ALLOWED);
        }
        return new MemcachedNodesParser(entries).parse();
    }

    /** Looks at the whole text: a password may contain what separates entries. */
    private static void refuseUrlsAndCredentials(String text) throws InvalidValueException {
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.find()) {
            throw new InvalidValueException(
                    switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
                        case "redis", "rediss" ->
                            "holds a Redis URL, but sessions are stored in memcached only; write "
                                    + Settings.MEMCACHED_NODES_ALLOWED;
                        case "http", "https" ->
                            "holds an HTTP URL, but Couchbase buckets are not supported, only memcached servers; write "
                                    + Settings.MEMCACHED_NODES_ALLOWED;
                        default -> "holds a URL; write " + Settings.MEMCACHED_NODES_ALLOWED;
                    });
        }
        if (text.indexOf('@') >= 0) {
            throw new InvalidValueException(
                    "holds a @, which looks like credentials, and they do not belong here (the value is not"
                            + " shown); write " + Settings.MEMCACHED_NODES_ALLOWED);
        }
    }

    private List<MemcachedAddress> parse() throws InvalidValueException {
        for (String entry : entries) {
            Matcher parts = ENTRY.matcher(entry);
            if (parts.matches()) {
                read(entry, parts.group(1), parts.group(2), parts.group(3));
            } else {
                problems.add(problemOfShape(entry));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException(problems);
        }
        return List.copyOf(addresses);
    }

    private void read(String entry, String nodeId, String writtenHost, String port) {
        int problemsBefore = problems.size();
        String where = NODE_ID.matcher(nodeId).matches() ? "node " + nodeId + ": " : Quoted.text(entry) + ": ";
        checkNodeId(where, nodeId, entry);
        String host = checkedHost(where, writtenHost);
        checkPort(where, port);
        if (problems.size() == problemsBefore) {
            add(where, new MemcachedAddress(nodeId, host, Integer.parseInt(port)));
        }
    }

    private void checkNodeId(String where, String nodeId, String entry) {
        if (!NODE_ID.matcher(nodeId).matches()) {
            problems.add(where + "a node id consists of 1 to 64 letters, digits and underscores, but was "
                    + Quoted.text(nodeId));
            return;
        }
        String earlier = entryByNodeId.putIfAbsent(nodeId, entry);
        if (earlier != null) {
            problems.add(where + "the node id stands before both " + Quoted.text(earlier) + " and " + Quoted.text(entry)
                    + "; each node needs its own");
        }
    }

    private String checkedHost(String where, String written) {
        if (written.startsWith("[")) {
            String address = written.substring(1, written.length() - 1);
            if (!HostSyntax.isIpv6(address)) {
                problems.add(where + Quoted.text(written) + " is not an IPv6 address");
            }
            return address;
        }
        HostSyntax.problemOf(written, completeIpv4).ifPresent(problem -> problems.add(where + problem));
        return written;
    }

    private void checkPort(String where, String port) {
        boolean isPort = port.matches("[0-9]{1,5}") && Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= 65535;
        if (!isPort) {
            problems.add(where + "the port must be 1 to 65535, but was " + Quoted.text(port));
        }
    }

    private void add(String where, MemcachedAddress address) {
        String hostAndPort = HostSyntax.canonical(address.host()) + " " + address.port();
        String earlier = nodeIdByHostAndPort.putIfAbsent(hostAndPort, address.nodeId());
        if (earlier == null) {
            addresses.add(address);
        } else {
            problems.add(where + "has the same host and port as node " + earlier
                    + "; two copies on one server would be lost together");
        }
    }

    private String problemOfShape(String entry) {
        String quoted = Quoted.text(entry) + ": ";
        if (HOST_AND_PORT.matcher(entry).matches()) {
            String free = "n" + (entries.indexOf(entry) + 1);
            return quoted + "the node id is missing, which is part of session ids; write " + free + ":"
                    + Quoted.plain(entry);
        }
        if (ID_AND_HOST.matcher(entry).matches()) {
            return quoted + "the port is missing; write " + Quoted.plain(entry) + ":11211";
        }
        if (entry.chars().filter(c -> c == ':').count() > 2) {
            return quoted + "has too many colons; an IPv6 address stands in brackets, such as n1:[::1]:11211";
        }
        return quoted + "is not of the form <node id>:<host>:<port>, such as n1:cache1.example.com:11211";
    }
}
