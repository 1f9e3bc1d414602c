package io.sessionfilter.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemcachedNodesTest {
    private static final String WHERE = " - init-param memcachedNodes of filter \"sessions\": ";

    private static List<MemcachedAddress> read(String nodes) {
        return Configured.initParam("memcachedNodes", nodes).read().memcachedNodes();
    }

    private static List<String> problems(String nodes) {
        return Configured.initParam("memcachedNodes", nodes).problems();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:one:1,b:two:2",
                "a:one:1 b:two:2",
                "a:one:1 , b:two:2,",
                "\n\ta:one:1\n\tb:two:2\n",
                "/* first */ a:one:1 /* second, of \n two lines */ b:two:2 /**/",
                "a:one:1,/* c:three:3, */b:two:2",
                "a:one:1/* no space */b:two:2"
            })
    void entriesAreSeparatedByCommasOrWhiteSpaceAndCommentsDoNotCount(String nodes) {
        assertThat(read(nodes))
                .containsExactly(new MemcachedAddress("a", "one", 1), new MemcachedAddress("b", "two", 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "cache-1.example.com",
                "cache.example.com.",
                "my_cache",
                "1.cache",
                "7-of-9",
                "10.10.19.6",
                "0.0.0.255",
                "xn--bcher-kva.example"
            })
    void namesAndCompleteIpv4AddressesAreHosts(String host) {
        assertThat(read("n1:" + host + ":11211")).containsExactly(new MemcachedAddress("n1", host, 11211));
    }

    @ParameterizedTest
    @CsvSource({"[::1], ::1", "[fe80::1%eth0], fe80::1%eth0", "[2001:DB8::10.0.0.1], 2001:DB8::10.0.0.1", "[::], ::"})
    void ipv6AddressesStandInBrackets(String written, String host) {
        MemcachedAddress address = read("n1:" + written + ":65535").get(0);

        assertThat(address).isEqualTo(new MemcachedAddress("n1", host, 65535));
        assertThat(address).hasToString("n1:" + written + ":65535");
    }

    @Test
    void theTypoThatAUserMadeIsExplainedWithWhatWasProbablyMeant() {
        assertThat(problems("n1:10.10.19.6:11211,n2:19.7:11211"))
                .containsExactly(WHERE + "node n2: \"19.7\" is an abbreviated IPv4 address, which the network takes for"
                        + " 19.0.0.7; write all four numbers (perhaps 10.10.19.7 is meant)");
    }

    @ParameterizedTest(name = "nodes {0}")
    @CsvSource({"10.1, 10.0.0.1", "127.1, 127.0.0.1", "1.2.3, 1.2.0.3", "7, 0.0.0.7", "127.1., 127.0.0.1"})
    void anAbbreviatedIpv4AddressIsNeverMeant(String host, String takenFor) {
        assertThat(problems("n1:" + host + ":11211"))
                .containsExactly(
                        WHERE + "node n1: \"" + host + "\" is an abbreviated IPv4 address, which the network takes for "
                                + takenFor + "; write all four numbers");
    }

    @ParameterizedTest(name = "nodes {0}")
    @CsvSource(delimiter = '|', textBlock = """
            1.2.3.4.5       | "1.2.3.4.5" is not an IPv4 address: it has 5 numbers instead of four
            10.10.19.256    | its numbers are 0 to 255 without leading zeros, not "256"
            10.10.019.6     | its numbers are 0 to 255 without leading zeros, not "019"
            11211           | its numbers are 0 to 255 without leading zeros, not "11211"
            10..0.1         | "10..0.1" ends in a number, so it is no host name
            0x7f.0.0.1      | "0x7f.0.0.1" ends in a number, so it is no host name
            cache.1         | "cache.1" ends in a number, so it is no host name
            cache.0x1       | "cache.0x1" ends in a number, so it is no host name
            -cache          | "-cache" is not a host name
            cache-          | "cache-" is not a host name
            a..b            | "a..b" is not a host name
            .cache          | ".cache" is not a host name
            .               | "." is not a host name
            ${cache.host}   | "${cache.host}" is not a host name
            cache/1         | "cache/1" is not a host name
            café            | "café" is not a host name
            [::1            | "n1:[::1:11211": has too many colons
            [1.2.3.4]       | "[1.2.3.4]" is not an IPv6 address
            []              | "[]" is not an IPv6 address
            [::g]           | "[::g]" is not an IPv6 address
            [1::2::3]       | "[1::2::3]" is not an IPv6 address
            [12345::]       | "[12345::]" is not an IPv6 address
            [::1%]          | "[::1%]" is not an IPv6 address
            ''              | the host is empty
            ::1             | an IPv6 address stands in brackets, such as n1:[::1]:11211
            """)
    void aMalformedHostIsRefused(String host, String message) {
        assertThat(problems("n1:" + host + ":11211"))
                .singleElement()
                .asString()
                .startsWith(WHERE)
                .contains(message);
    }

    @Test
    void aLabelHas63CharactersAndANameHas253AtMost() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));

        assertThat(problems("n1:" + longest + ":1")).isEmpty();
        assertThat(problems("n1:" + longest + "a:1")).singleElement().asString().contains("is not a host name");
        assertThat(problems("n1:a" + label + ":1")).singleElement().asString().contains("is not a host name");
    }

    @ParameterizedTest(name = "nodes {0}")
    @CsvSource(delimiter = '|', textBlock = """
            cache:11211           | the node id is missing, which is part of session ids; write n1:cache:11211
            n7:a:1 cache:11211    | write n2:cache:11211
            10.10.19.6:11211      | write n1:10.10.19.6:11211
            [::1]:11211           | the node id is missing, which is part of session ids; write n1:[::1]:11211
            n1:cache              | "n1:cache": the port is missing; write n1:cache:11211
            cache                 | is not of the form <node id>:<host>:<port>
            n1:cache:11211:2      | has too many colons
            n1:cache:             | node n1: the port must be 1 to 65535, but was ""
            n1:cache:0            | the port must be 1 to 65535, but was "0"
            n1:cache:65536        | but was "65536"
            n1:cache:99999999999  | but was "99999999999"
            n1:cache:+1           | but was "+1"
            n1:cache:http         | but was "http"
            :cache:11211          | a node id consists of 1 to 64 letters, digits and underscores, but was ""
            n-1:cache:11211       | "n-1:cache:11211": a node id consists of
            n.1:cache:11211       | but was "n.1"
            nodeé:cache:11211     | but was "nodeé"
            n1:a:1,n1:b:1         | node n1: the node id stands before both "n1:a:1" and "n1:b:1"
            n1:a:1,n2:a:1         | node n2: has the same host and port as node n1
            n1:Cache:1,n2:cache.:1 | node n2: has the same host and port as node n1
            n1:[::1]:1,n2:[0:0::1]:1 | node n2: has the same host and port as node n1
            redis://cache:6379    | Redis
            REDISS://cache:6379   | Redis
            http://cb:8091/pools  | Couchbase
            memcached://cache     | holds a URL
            n1:user@cache:11211   | looks like credentials
            n1:cache:1 /* n2:b:1  | a comment that begins with /* is not closed by */
            /* n1:cache:1 */      | names no memcached node
            ,                     | names no memcached node
            ''                    | is empty
            """)
    void aMalformedEntryIsRefusedWithAHintAtWhatToWrite(String nodes, String message) {
        assertThat(problems(nodes)).singleElement().asString().startsWith(WHERE).contains(message);
    }

    @Test
    void sameHostOnAnotherPortIsAnotherNode() {
        assertThat(read("n1:localhost:11211,n2:localhost:11212")).hasSize(2);
    }

    @Test
    void nodeIdsHave64CharactersAtMost() {
        assertThat(read("n".repeat(64) + ":cache:1")).hasSize(1);
        assertThat(problems("n".repeat(65) + ":cache:1"))
                .singleElement()
                .asString()
                .contains("a node id consists of");
    }

    @Test
    void everyWrongEntryIsReported() {
        assertThat(problems("cache, n2:19.7:0")).hasSize(3);
    }
}
