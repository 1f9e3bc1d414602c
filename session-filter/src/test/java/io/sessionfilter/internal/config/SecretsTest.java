package io.sessionfilter.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    @ParameterizedTest(name = "{0} {1}={2}")
    @CsvSource({
        "INIT_PARAM, username, S3CRET",
        "INIT_PARAM, password, S3CRET",
        "INIT_PARAM, encryptionKeys, not a key list S3CRET",
        "SYSTEM_PROPERTY, session-filter.password, S3CRET",
        "ENVIRONMENT, SESSION_FILTER_ENCRYPTION_KEYS, S3CRET",
        "CONTEXT_PARAM, session-filter.username, S3CRET",
        "INIT_PARAM, pasword, S3CRET",
        "INIT_PARAM, Password, S3CRET",
        "INIT_PARAM, memcachedPassword, S3CRET",
        "SYSTEM_PROPERTY, session-filter.encryptionKey, S3CRET",
        "ENVIRONMENT, SESSION_FILTER_PASSWD, S3CRET",
        "INIT_PARAM, customConverter, S3CRET",
        "INIT_PARAM, memcachedNodes, redis://:S3CRET@cache:6379",
        "INIT_PARAM, memcachedNodes, 'redis://:a,S3CRET b@cache:6379'",
        "INIT_PARAM, memcachedNodes, 'n1:cache:11211,n2:me:S3CRET@cache:11211'",
        "INIT_PARAM, memcachedNodes, 'n1:cache:1,me:a S3CRET@cache:11211'",
        "INIT_PARAM, memcachedNodes, 'http://me:S3CRET@couchbase:8091/pools'"
    })
    void noMessageEverShowsASecret(Source source, String name, String value) {
        Configured configured = Configured.minimal().with(source, name, value);

        assertThat(configured.problems())
                .singleElement()
                .asString()
                .contains(name)
                .doesNotContain("S3CRET");
        assertThat(configured.sources().toString()).doesNotContain("S3CRET");
    }
}
