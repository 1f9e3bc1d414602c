package io.sessionfilter.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionfilter.SessionFilterConfigException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionFilterConfigTest {
    @Test
    void memcachedNodesAreEnoughAndTheRestHasTheDefaultsThatUsersAreTold() {
        SessionFilterConfig config = Configured.minimal().read();

        assertThat(config.memcachedNodes())
                .containsExactly(
                        new MemcachedAddress("n1", "cache1.example.com", 11211),
                        new MemcachedAddress("n2", "cache2.example.com", 11211));
        assertThat(config.failoverNodes()).isEmpty();
        assertThat(config.backupCopies()).isEqualTo(1);
        assertThat(config.storeFailurePolicy()).isEqualTo(StoreFailurePolicy.LOCAL);
        assertThat(config.resyncPerSecond()).isEqualTo(1000);
        assertThat(config.storageKeyPrefix()).hasToString("context");
        assertThat(config.operationTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.probeInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.breakerThreshold()).isEqualTo(3);
        assertThat(config.maxConcurrentOperations()).isEqualTo(64);
        assertThat(config.sticky()).isTrue();
        assertThat(config.route()).isNull();
        assertThat(config.validateAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.touchInterval()).isNull();
        assertThat(config.attributeMergers()).isEmpty();
        assertThat(config.dirtyDetection()).isEqualTo(DirtyDetection.ACCESSED);
        assertThat(config.nearCache()).isTrue();
        assertThat(config.cookieHttpOnly()).isTrue();
        assertThat(config.cookieSecure()).isEqualTo(CookieSecure.AUTO);
        assertThat(config.allowedClasses()).isEmpty();
        assertThat(config.sessionAttributeFilter()).isNull();
        assertThat(config.immutableClasses()).isEmpty();
        assertThat(config.nearCacheMaxBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 10);
        assertThat(config.requestUriIgnorePattern()).isNull();
        assertThat(config.developmentMode()).isFalse();
        assertThat(config.enableStatistics()).isTrue();
        assertThat(config.enabled()).isTrue();
    }

    @Test
    void everySettingArrivesInItsOwnPlace() {
        SessionFilterConfig config = Configured.initParam("memcachedNodes", "a:10.0.0.1:1 b:10.0.0.2:1 c:10.0.0.3:1")
                .with(Source.INIT_PARAM, "failoverNodes", "b, c")
                .with(Source.INIT_PARAM, "backupCopies", "2")
                .with(Source.INIT_PARAM, "storeFailurePolicy", "Reject")
                .with(Source.INIT_PARAM, "resyncPerSecond", "77")
                .with(Source.INIT_PARAM, "storageKeyPrefix", "static:shop, host.hash")
                .with(Source.INIT_PARAM, "operationTimeout", "250")
                .with(Source.INIT_PARAM, "connectTimeout", "2s")
                .with(Source.INIT_PARAM, "probeInterval", "1 m")
                .with(Source.INIT_PARAM, "breakerThreshold", "5")
                .with(Source.INIT_PARAM, "maxConcurrentOperations", "7")
                .with(Source.INIT_PARAM, "sticky", "FALSE")
                .with(Source.INIT_PARAM, "route", "jvm-1_a")
                .with(Source.INIT_PARAM, "validateAfter", "0")
                .with(Source.INIT_PARAM, "touchInterval", "20s")
                .with(Source.INIT_PARAM, "dirtyDetection", "Set")
                .with(Source.INIT_PARAM, "nearCache", "OFF")
                .with(Source.INIT_PARAM, "cookieHttpOnly", "false")
                .with(Source.INIT_PARAM, "cookieSecure", "true")
                .with(Source.INIT_PARAM, "allowedClasses", "com.acme.Cart org.acme.**")
                .with(Source.INIT_PARAM, "sessionAttributeFilter", "user|cart.*")
                .with(Source.INIT_PARAM, "immutableClasses", "com.acme.values.*")
                .with(Source.INIT_PARAM, "nearCacheMaxBytes", "2m")
                .with(Source.INIT_PARAM, "requestUriIgnorePattern", ".*\\.css")
                .with(Source.INIT_PARAM, "developmentMode", "true")
                .with(Source.INIT_PARAM, "enableStatistics", "false")
                .with(Source.INIT_PARAM, "enabled", "false")
                .read();

        assertThat(config.memcachedNodes()).extracting(MemcachedAddress::nodeId).containsExactly("a", "b", "c");
        assertThat(config.failoverNodes()).containsExactlyInAnyOrder("b", "c");
        assertThat(config.backupCopies()).isEqualTo(2);
        assertThat(config.storeFailurePolicy()).isEqualTo(StoreFailurePolicy.REJECT);
        assertThat(config.resyncPerSecond()).isEqualTo(77);
        assertThat(config.storageKeyPrefix()).hasToString("static:shop,host.hash");
        assertThat(config.operationTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.probeInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.breakerThreshold()).isEqualTo(5);
        assertThat(config.maxConcurrentOperations()).isEqualTo(7);
        assertThat(config.sticky()).isFalse();
        assertThat(config.route()).isEqualTo("jvm-1_a");
        assertThat(config.validateAfter()).isZero();
        assertThat(config.touchInterval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.dirtyDetection()).isEqualTo(DirtyDetection.SET);
        assertThat(config.nearCache()).isFalse();
        assertThat(config.cookieHttpOnly()).isFalse();
        assertThat(config.cookieSecure()).isEqualTo(CookieSecure.TRUE);
        assertThat(config.allowedClasses()).hasToString("[com.acme.Cart, org.acme.**]");
        assertThat(config.sessionAttributeFilter()).extracting(Pattern::pattern).isEqualTo("user|cart.*");
        assertThat(config.immutableClasses()).hasToString("[com.acme.values.*]");
        assertThat(config.nearCacheMaxBytes()).isEqualTo(2 << 20);
        assertThat(config.requestUriIgnorePattern())
                .extracting(Pattern::pattern)
                .isEqualTo(".*\\.css");
        assertThat(config.developmentMode()).isTrue();
        assertThat(config.enableStatistics()).isFalse();
        assertThat(config.enabled()).isFalse();
    }

    @Test
    void memcachedNodesAreRequiredAndTheMessageNamesEveryPlaceForThem() {
        assertThat(Configured.empty().problems())
                .singleElement()
                .asString()
                .contains(
                        "memcachedNodes is required",
                        "system property session-filter.memcachedNodes",
                        "environment variable SESSION_FILTER_MEMCACHED_NODES",
                        "init-param memcachedNodes of filter \"sessions\"",
                        "context-param session-filter.memcachedNodes",
                        "n1:cache1:11211");
    }

    @Test
    void aSingleNodeHasNoBackupCopyUnlessMoreNodesAreConfigured() {
        assertThat(Configured.initParam("memcachedNodes", "n1:cache1:1").read().backupCopies())
                .isZero();
        assertThat(Configured.initParam("backupCopies", "0").read().backupCopies())
                .isZero();
        assertThat(Configured.initParam("memcachedNodes", "n1:a:1 n2:b:1 n3:c:1 n4:d:1")
                        .read()
                        .backupCopies())
                .isEqualTo(1);
    }

    @Test
    void eachCopyNeedsANodeOfItsOwn() {
        assertThat(Configured.initParam("backupCopies", "2").problems())
                .singleElement()
                .asString()
                .contains("backupCopies must be less than the number of memcached nodes, which is 2, but was 2");
    }

    @Test
    void asynchronousSavesNeedStickyRequestsAndMayNotReject() {
        assertThat(Configured.initParam("sessionBackupAsync", "true").problems())
                .isEmpty();
        assertThat(Configured.initParam("sessionBackupAsync", "true")
                        .with(Source.INIT_PARAM, "sticky", "false")
                        .with(Source.INIT_PARAM, "storeFailurePolicy", "reject")
                        .problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("sessionBackupAsync=true needs sticky=true"),
                        problem ->
                                assertThat(problem).contains("sessionBackupAsync=true needs storeFailurePolicy=local"));
    }

    @Test
    void failoverNodesAreSomeOfTheMemcachedNodes() {
        assertThat(Configured.initParam("failoverNodes", "n1").problems()).isEmpty();
        assertThat(Configured.initParam("failoverNodes", "n1,n7").problems())
                .singleElement()
                .asString()
                .contains("must be node ids of memcachedNodes, which are n1, n2, but n7 is not");
        assertThat(Configured.initParam("failoverNodes", "n2 n1").problems())
                .singleElement()
                .asString()
                .contains("failoverNodes must not be all memcached nodes");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            sticky                  | yes         | must be `true` or `false`, but was "yes"
            cookieSecure            | always      | must be `auto`, `true` or `false`, but was "always"
            route                   | jvm.1       | hyphens and underscores, but was "jvm.1"; to balancers
            route                   | jvm 1       | underscores, but was "jvm 1"
            operationTimeout        | 0           | must be a duration from 1 ms to 1 m
            operationTimeout        | -5          | but was "-5"
            operationTimeout        | 0.5s        | but was "0.5s"
            operationTimeout        | 500 sec     | but was "500 sec"
            operationTimeout        | 61 s        | but was "61 s"
            operationTimeout        | 99999999999999999999 | but was "99999999999999999999"
            connectTimeout          | soon        | must be a duration from 1 ms to 1 m
            validateAfter           | 2h          | must be a duration from 0 ms to 1 h
            touchInterval           | 999         | must be a duration from 1 s to 1 h
            dirtyDetection          | some        | must be `accessed`, `set` or `all`, but was "some"
            nearCache               | 1           | must be `on` or `off`, but was "1"
            probeInterval           | 99          | must be a duration from 100 ms to 10 m
            breakerThreshold        | 0           | must be a whole number from 1 to 1000, but was "0"
            breakerThreshold        | 1001        | but was "1001"
            backupThreadCount       | 0           | must be a whole number from 1 to 1000, but was "0"
            backupQueueSize         | 0           | must be a whole number from 1 to 1000000, but was "0"
            breakerThreshold        | three       | but was "three"
            breakerThreshold        | 99999999999 | but was "99999999999"
            maxConcurrentOperations | 0           | must be a whole number from 1 to 100000
            nearCacheMaxBytes       | 64          | must be a number of bytes from `1m` to less than the maximum heap
            nearCacheMaxBytes       | 64 MB       | but was "64 MB"
            nearCacheMaxBytes       | 9000g       | less than the maximum heap
            nearCacheMaxBytes       | 999999999999999g | but was "999999999999999g"
            sessionAttributeFilter  | a(b         | is not a regular expression: Unclosed group near index 3 of "a(b"
            requestUriIgnorePattern | .*[a        | Unclosed character class near index 3
            requestUriIgnorePattern | *.css       | Dangling meta character '*' near index 0
            storageKeyPrefix        | contxt      | but was "contxt"
            storageKeyPrefix        | context,    | but was ""
            storageKeyPrefix        | static:     | must be a list, separated by commas, of `static:<text>`
            allowedClasses          | **          | takes in every class there is
            listeners               | com.acme.*  | is a package
            allowedClasses          | ,           | names no class
            codec                   | my codec    | must be `java`, `kryo`, `fst`, `fory` or the name of a codec of your own, but was "my codec"
            transcoderFactoryClass  | kryo        | must be the name of a transcoder factory of memcached-session-manager, but was "kryo"
            transcoderFactoryClass  | de.javakaffee.web.msm.serializer.xstream.XStreamTranscoderFactory | has no successor here
            lockingMode             | app         | must be `none`, `all`, `auto` (means `all`) or `uriPattern:<regular
            lockingMode             | uriPattern: | must be `none`, `all`, `auto` (means `all`) or `uriPattern:<regular
            lockingMode             | uriPattern:*| Dangling meta character '*' near index 0
            lockExpiration          | 500ms       | must be a duration from 1 s to 1 h
            lockWaitTimeout         | 11m         | must be a duration from 0 ms to 10 m
            backupCopies            | -1          | must be a whole number from 0 to the number of nodes less 1
            backupCopies            | 8           | at most 7, but was "8"
            failoverNodes           | n-1         | of node ids of `memcachedNodes`, not all, but was "n-1"
            storeFailurePolicy      | fail        | must be `local` or `reject`, but was "fail"
            resyncPerSecond         | 0           | must be a whole number from 1 to 100000
            unreadableAttribute     | throw       | must be `hide` or `fail`, but was "throw"
            compression             | zstd        | must be `none`, `lz4` or `deflate`, but was "zstd"
            compressionThreshold    | 129m        | must be a number of bytes up to `128m`
            nearCache               | true        | must be `on` or `off`, but was "true"
            memcachedProtocol       | udp         | must be `text`, but was "udp"
            memcachedProtocol       | binary      | meta commands, which its binary protocol does not have
            enabled                 | ''          | is empty; leave it out for the default, or write `true` or `false`
            """)
    void aMalformedValueIsRefusedWithTheRuleAndWhatWasReceived(String name, String value, String message) {
        assertThat(Configured.initParam(name, value).problems())
                .singleElement()
                .asString()
                .startsWith(" - init-param " + name + " of filter \"sessions\": ")
                .contains(message);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"username, me", "password, ''", "sessionBackupTimeout, 100", "encryptionKeys, 1:abc"})
    void whatALaterReleaseImplementsIsRefusedAndNotIgnored(String name, String value) {
        assertThat(Configured.initParam(name, value).problems())
                .singleElement()
                .asString()
                .startsWith(" - init-param " + name + " of filter \"sessions\": ")
                .contains("not yet implemented");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "none, false",
        "NONE, false",
        "all, true",
        "Auto, true",
        "uriPattern:/cart/.*, true",
        "URIPATTERN:/cart/[ab], true",
        "uriPattern:/CART/.*, false"
    })
    void theLockingModeTellsWhichRequestsAreLocked(String mode, boolean locked) {
        LockingMode read = Configured.initParam("lockingMode", mode).read().lockingMode();

        Pattern requests = read.requests();
        assertThat(requests != null && requests.matcher("/cart/a").matches()).isEqualTo(locked);
        assertThat(read.isAuto()).isEqualTo(mode.equals("Auto"));
    }

    @Test
    void aLockLastsForSecondsAndIsWaitedForInMillisecondsUnlessTheUnitIsGiven() {
        assertThat(Configured.initParam("lockExpiration", "7").read().lockExpiration())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(Configured.initParam("lockExpiration", "1500 ms").read().lockExpiration())
                .isEqualTo(Duration.ofMillis(1500));
        assertThat(Configured.initParam("lockWaitTimeout", "700").read().lockWaitTimeout())
                .isEqualTo(Duration.ofMillis(700));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({"dirtyDetection, accessed", "nearCache, on", "memcachedProtocol, text"})
    void theOneValueImplementedTodayMayBeWritten(String name, String value) {
        assertThat(Configured.initParam(name, value).problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "codec, java, java",
        "codec, KRYO, kryo",
        "codec, acme-codec, acme-codec",
        "transcoderFactoryClass, de.javakaffee.web.msm.JavaSerializationTranscoderFactory, java",
        "transcoderFactoryClass, de.javakaffee.web.msm.serializer.kryo.KryoTranscoderFactory, kryo",
    })
    void theCodecIsChosenByItsNameOrByThatOfAnOldTranscoderFactory(String name, String value, String codec) {
        assertThat(Configured.initParam(name, value).read().codec()).isEqualTo(codec);
    }

    @Test
    void compressionAndUnreadableAttributesAreAsTheyWereConfigured() {
        assertThat(Configured.initParam("compression", "LZ4").read().compression())
                .isEqualTo("lz4");
        assertThat(Configured.initParam("compressionThreshold", "4k").read().compressionThreshold())
                .isEqualTo(4096);
        assertThat(Configured.initParam("unreadableAttribute", "FAIL").read().unreadableAttribute())
                .isEqualTo(UnreadableAttribute.FAIL);
    }

    @Test
    void theOldAndTheNewNameMustNotContradictEachOther() {
        Configured both = Configured.initParam("codec", "java")
                .with(
                        Source.INIT_PARAM,
                        "transcoderFactoryClass",
                        "de.javakaffee.web.msm.serializer.kryo.KryoTranscoderFactory");

        assertThat(both.problems())
                .singleElement()
                .asString()
                .contains("codec=java and transcoderFactoryClass, which stands for codec=kryo, contradict each other");
    }

    @Test
    void allProblemsAreReportedAtOnceEachOnALineOfItsOwn() {
        Configured wrong = Configured.empty()
                .with(Source.INIT_PARAM, "memcachedNodes", "n1:19.7:11211,n1:cache:0")
                .with(Source.SYSTEM_PROPERTY, "session-filter.sticky", "maybe")
                .with(Source.CONTEXT_PARAM, "session-filter.password", "secret")
                .with(Source.ENVIRONMENT, "SESSION_FILTER_ROUTES", "jvm1");

        assertThat(wrong.problems())
                .satisfiesExactly(
                        line -> assertThat(line).contains("node n1: \"19.7\" is an abbreviated IPv4 address"),
                        line -> assertThat(line).contains("node n1: the node id stands before both"),
                        line -> assertThat(line).contains("node n1: the port must be"),
                        line -> assertThat(line).contains("context-param session-filter.password: ", "not yet"),
                        line -> assertThat(line).contains("system property session-filter.sticky: must be"),
                        line -> assertThat(line).contains("SESSION_FILTER_ROUTES: there is no such setting"));
    }

    @Test
    void aReceivedValueCannotForgeALineOfTheMessageNorFillALog() {
        assertThat(Configured.initParam("sticky", "x\n - all is well\u2028\u202E")
                        .problems())
                .singleElement()
                .asString()
                .endsWith("but was \"x\\u{a} - all is well\\u{2028}\\u{202e}\"");
        assertThat(Configured.initParam("sticky", "y".repeat(10_000)).problems())
                .singleElement()
                .asString()
                .hasSizeLessThan(250)
                .contains("yyy...\"");
    }

    @Test
    void spaceAroundAValueDoesNotCount() {
        assertThat(Configured.initParam("route", "\n      jvm1\n    ").read().route())
                .isEqualTo("jvm1");
    }

    @Test
    void listsCannotBeChanged() {
        List<MemcachedAddress> nodes = Configured.minimal().read().memcachedNodes();

        assertThatThrownBy(nodes::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theMessageBeginsWithWhoCannotStart() {
        assertThatThrownBy(() -> Configured.empty().read())
                .isInstanceOf(SessionFilterConfigException.class)
                .hasMessageStartingWith("session-filter cannot start, its configuration is wrong:\n - ");
    }
}
