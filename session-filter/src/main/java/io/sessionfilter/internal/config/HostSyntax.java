package io.sessionfilter.internal.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides whether a text can be the host of a memcached node, without asking a name service.
 *
 * <p>A host whose last label is a number is an IPv4 address to every resolver, and an abbreviated one is silently
 * completed by zeros ({@code 19.7} becomes {@code 19.0.0.7}): never what is meant, so all four numbers are demanded.
 */
final class HostSyntax {
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");
    private static final int MAX_NAME_LENGTH = 253;

    private HostSyntax() {}

    /**
     * What is wrong with a host name or IPv4 address.
     *
     * @param completeIpv4 a complete IPv4 address used beside it, from which an abbreviated one may be completed; or
     *     empty
     */
    static Optional<String> problemOf(String host, Optional<String> completeIpv4) {
        if (host.isEmpty()) {
            return Optional.of("the host is empty");
        }
        List<String> labels = labels(host);
        if (NUMBER.matcher(labels.get(labels.size() - 1)).matches()) {
            return problemOfIpv4(host, labels, completeIpv4);
        }
        boolean isName = host.length() <= MAX_NAME_LENGTH
                && labels.stream().allMatch(label -> LABEL.matcher(label).matches());
        return isName
                ? Optional.empty()
                : Optional.of(Quoted.text(host)
                        + " is not a host name: labels of up to 63 letters, digits, hyphens"
                        + " and underscores, joined by dots");
    }

    /** Whether the text is an IPv6 address, without brackets; a scope such as {@code %eth0} may follow. */
    static boolean isIpv6(String text) {
        int percent = text.indexOf('%');
        String address = percent < 0 ? text : text.substring(0, percent);
        boolean scopeIsWell =
                percent < 0 || SCOPE.matcher(text.substring(percent + 1)).matches();
        return scopeIsWell && IPV6.matcher(address).matches() && parsed(address).isPresent();
    }

    static boolean isCompleteIpv4(String host) {
        return NUMBER.matcher(host.substring(host.lastIndexOf('.') + 1)).matches()
                && problemOf(host, Optional.empty()).isEmpty();
    }

    /** One spelling for all that mean the same host, as far as can be told without a name service. */
    static String canonical(String host) {
        if (host.indexOf(':') < 0) {
            return String.join(".", labels(host.toLowerCase(Locale.ROOT)));
        }
        int percent = host.indexOf('%');
        String address = percent < 0 ? host : host.substring(0, percent);
        String scope = percent < 0 ? "" : host.substring(percent);
        return parsed(address).map(InetAddress::getHostAddress).orElse(address) + scope;
    }

    private static Optional<String> problemOfIpv4(String host, List<String> labels, Optional<String> completeIpv4) {
        String quoted = Quoted.text(host);
        if (!labels.stream().allMatch(label -> label.matches("[0-9]+"))) {
            return Optional.of(
                    quoted + " ends in a number, so it is no host name, but it is not an IPv4 address either");
        }
        Optional<String> wrong = labels.stream()
                .filter(label -> !label.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(label) > 255)
                .findFirst();
        if (wrong.isPresent()) {
            return Optional.of(quoted + " is not an IPv4 address: its numbers are 0 to 255 without leading zeros, not "
                    + Quoted.text(wrong.get()));
        }
        if (labels.size() > 4) {
            return Optional.of(
                    quoted + " is not an IPv4 address: it has " + labels.size() + " numbers instead of four");
        }
        if (labels.size() < 4) {
            return Optional.of(quoted + " is an abbreviated IPv4 address, which the network takes for "
                    + filledWithZeros(labels) + "; write all four numbers"
                    + completeIpv4
                            .map(complete -> " (perhaps " + completed(labels, complete) + " is meant)")
                            .orElse(""));
        }
        return Optional.empty();
    }

    /** What resolvers make of it: the last number fills the end, zeros come before it. */
    private static String filledWithZeros(List<String> labels) {
        String leading = String.join(".", labels.subList(0, labels.size() - 1));
        return (leading.isEmpty() ? "" : leading + ".")
                + "0.".repeat(4 - labels.size())
                + labels.get(labels.size() - 1);
    }

    private static String completed(List<String> labels, String complete) {
        List<String> leading = labels(complete).subList(0, 4 - labels.size());
        return String.join(".", leading) + "." + String.join(".", labels);
    }

    /** A name may end with a dot, which says that it is complete. */
    private static List<String> labels(String host) {
        String name = host.length() > 1 && host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return List.of(name.split("\\.", -1));
    }

    private static Optional<InetAddress> parsed(String ipv6) {
        try {
            // Brackets make the JDK take it for an IPv6 address and nothing else: no name service is asked.
            return Optional.of(InetAddress.getByName("[" + ipv6 + "]"));
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty(); // the answer to the question, not a failure
        }
    }
}
