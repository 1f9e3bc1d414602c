package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlPatternsTest {
    @ParameterizedTest
    @CsvSource({
        "/*, /*",
        "/*, /a",
        "/*, *.do",
        "/, /a/*",
        "/a/*, /a",
        "/a/*, /a/*",
        "/a/*, /a/b/*",
        "/a/*, /a/b",
        "/a/*, *.do",
        "*.do, *.do",
        "*.do, /a.do",
        "/a, /a",
    })
    void patternsThatShareAPathOverlap(String one, String other) {
        assertThat(UrlPatterns.overlap(one, other)).isTrue();
        assertThat(UrlPatterns.overlap(other, one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/*, /b/*",
        "/a/*, /ab/*",
        "/a/*, /ab",
        "/a/b/*, /a/c",
        "*.do, *.jsp",
        "*.do, /a.jsp",
        "*.do, /a",
        "/a, /b",
    })
    void patternsThatShareNoPathDoNot(String one, String other) {
        assertThat(UrlPatterns.overlap(one, other)).isFalse();
        assertThat(UrlPatterns.overlap(other, one)).isFalse();
    }
}
