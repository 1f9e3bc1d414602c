package io.sessionfilter.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingSourcesTest {
    @Test
    void systemPropertyBeatsEnvironmentBeatsInitParamBeatsContextParam() {
        Configured configured = Configured.minimal();
        configured.with(Source.CONTEXT_PARAM, "session-filter.route", "fromContextParam");
        assertThat(configured.read().route()).isEqualTo("fromContextParam");

        configured.with(Source.INIT_PARAM, "route", "fromInitParam");
        assertThat(configured.read().route()).isEqualTo("fromInitParam");

        configured.with(Source.ENVIRONMENT, "SESSION_FILTER_ROUTE", "fromEnvironment");
        assertThat(configured.read().route()).isEqualTo("fromEnvironment");

        configured.with(Source.SYSTEM_PROPERTY, "session-filter.route", "fromSystemProperty");
        assertThat(configured.read().route()).isEqualTo("fromSystemProperty");
    }

    @Test
    void onlyTheValueThatWinsIsChecked() {
        Configured configured = Configured.initParam("route", "not valid")
                .with(Source.SYSTEM_PROPERTY, "session-filter.route", "valid");

        assertThat(configured.read().route()).isEqualTo("valid");
    }

    @Test
    void memcachedNodesMayComeFromTheEnvironmentAlone() {
        Configured configured =
                Configured.empty().with(Source.ENVIRONMENT, "SESSION_FILTER_MEMCACHED_NODES", Configured.NODES);

        assertThat(configured.read().memcachedNodes()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void everySettingIsKnownByItsNameInEverySource(Source source) {
        Configured configured = Configured.empty();
        Settings.ALL.forEach(setting -> configured.with(source, source.fullName(setting), "?"));

        assertThat(configured.problems()).isNotEmpty().noneMatch(line -> line.contains("no such setting"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "INIT_PARAM, memcachedNode, is memcachedNodes meant?",
        "INIT_PARAM, STICKY, is sticky meant?",
        "INIT_PARAM, rotue, is route meant?",
        "INIT_PARAM, operationTimeOutMs, is operationTimeout meant?",
        "INIT_PARAM, session-filter.sticky, is sticky meant?",
        "SYSTEM_PROPERTY, session-filter.validteAfter, is session-filter.validateAfter meant?",
        "CONTEXT_PARAM, session-filter.cookie-secure, is session-filter.cookieSecure meant?",
        "ENVIRONMENT, SESSION_FILTER_MEMCACHEDNODES, is SESSION_FILTER_MEMCACHED_NODES meant?",
        "ENVIRONMENT, SESSION_FILTER_sticky, is SESSION_FILTER_STICKY meant?"
    })
    void anUnknownNameStopsTheStartAndTheNearestIsSuggested(Source source, String name, String suggestion) {
        assertThat(Configured.minimal().with(source, name, "value").problems())
                .singleElement()
                .asString()
                .contains(source.describe(name, Configured.minimal().sources()) + ": there is no such setting; ")
                .endsWith(suggestion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour", "x", "nodes", "timeout", ""})
    void aNameThatIsNearNothingGetsNoSuggestion(String name) {
        assertThat(Configured.initParam(name, "value").problems())
                .containsExactly(" - init-param " + name + " of filter \"sessions\": there is no such setting");
    }

    @Test
    void whatIsNotMeantForUsIsNotLookedAt() {
        Configured configured = Configured.minimal()
                .with(Source.SYSTEM_PROPERTY, "session.filter.stikcy", "x")
                .with(Source.SYSTEM_PROPERTY, "sticky", "maybe")
                .with(Source.ENVIRONMENT, "PATH", "/usr/bin")
                .with(Source.CONTEXT_PARAM, "sticky", "maybe");

        assertThat(configured.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SESSION_FILTER_SERVICE_HOST",
                "SESSION_FILTER_SERVICE_PORT",
                "SESSION_FILTER_SERVICE_PORT_HTTP",
                "SESSION_FILTER_PORT",
                "SESSION_FILTER_PORT_8080_TCP",
                "SESSION_FILTER_PORT_8080_TCP_PROTO",
                "SESSION_FILTER_MEMCACHED_SERVICE_HOST",
                "SESSION_FILTER_MEMCACHED_SERVICE_PORT_MEMCACHE",
                "SESSION_FILTER_MEMCACHED_PORT",
                "SESSION_FILTER_MEMCACHED_PORT_11211_TCP_ADDR"
            })
    void whatKubernetesSaysOfAServiceOfOurNameIsNotASetting(String variable) {
        assertThat(Configured.minimal()
                        .with(Source.ENVIRONMENT, variable, "10.0.0.1")
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INIT_PARAM, copyCollectionsForSerialization, is not needed: a collection that another request changes",
        "INIT_PARAM, customConverter, is given to its codec",
        "CONTEXT_PARAM, session-filter.maxInactiveInterval, is that of web.xml",
        "INIT_PARAM, maxActiveSessions, nearCacheMaxBytes",
        "ENVIRONMENT, SESSION_FILTER_PROCESS_EXPIRES_FREQUENCY, memcached itself drops what has expired"
    })
    void whatMsmHadAndWeDoNotIsRefusedWithTheReason(Source source, String name, String reason) {
        assertThat(Configured.minimal().with(source, name, "value").problems())
                .singleElement()
                .asString()
                .contains(name, reason);
    }

    @Test
    void systemPropertiesOfThisProcessAreRead() {
        String name = "session-filter.route";
        String before = System.setProperty(name, "fromThisProcess");
        try {
            SettingSources sources =
                    SettingSources.ofThisProcess("sessions", Map.of("memcachedNodes", Configured.NODES), Map.of());

            assertThat(SessionFilterConfig.read(sources).route()).isEqualTo("fromThisProcess");
        } finally {
            if (before == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, before);
            }
        }
    }

    @Test
    void sourcesKeepOnlyWhatIsOursAndShowNoValue() {
        SettingSources sources = new SettingSources(
                "sessions",
                Map.of("session-filter.password", "s3cret", "java.home", "/opt"),
                Map.of("SESSION_FILTER_PASSWORD", "s3cret", "AWS_SECRET", "s3cret"),
                Map.of("password", "s3cret"),
                Map.of("session-filter.password", "s3cret", "db.password", "s3cret"));

        assertThat(sources.environment()).containsOnlyKeys("SESSION_FILTER_PASSWORD");
        assertThat(sources.systemProperties()).containsOnlyKeys("session-filter.password");
        assertThat(sources.contextParams()).containsOnlyKeys("session-filter.password");
        assertThat(sources.toString()).doesNotContain("s3cret").contains("SESSION_FILTER_PASSWORD");
    }
}
