package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlIdsTest {
    private final HttpServletRequest request = mock();

    UrlIdsTest() {
        when(request.getScheme()).thenReturn("http");
        when(request.getServerName()).thenReturn("www.example.org");
        when(request.getServerPort()).thenReturn(80);
        when(request.getContextPath()).thenReturn("/app");
        when(request.getRequestURI()).thenReturn("/app/dir/page;jsessionid=OLD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "other | other;jsessionid=ID",
                "other?x=1;y#z | other;jsessionid=ID?x=1;y#z",
                "other#z | other;jsessionid=ID#z",
                "?x=1 | /app/dir/page;jsessionid=ID?x=1",
                "'' | /app/dir/page;jsessionid=ID",
                "/app | /app;jsessionid=ID",
                "/app/x | /app/x;jsessionid=ID",
                "../other | ../other;jsessionid=ID",
                "http://www.example.org/app/x | http://www.example.org/app/x;jsessionid=ID",
                "HTTP://WWW.example.org:80/app/x?q | HTTP://WWW.example.org:80/app/x;jsessionid=ID?q",
                "//www.example.org/app/x | //www.example.org/app/x;jsessionid=ID"
            })
    void urlsOfTheApplicationCarryTheId(String url, String expected) {
        assertThat(UrlIds.encode(url, "jsessionid", "ID", request)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#anchor",
                "x;jsessionid=SET?y",
                "/",
                "/other/x",
                "/application/x",
                "/app/../other/x",
                "../../other/x",
                "https://www.example.org/app/x",
                "http://www.example.org:8080/app/x",
                "http://www.example.org.evil.example/app/x",
                "http://www.example.org@evil.example/app/x",
                "//evil.example/app/x",
                "http://www.example.org/other",
                "http://www.example.org",
                "http://www.example.org/app x",
                "mailto:someone@www.example.org",
                "javascript:alert(1)",
                "\\\\evil.example/app/x",
                "\t//evil.example/app/x",
                " //evil.example/app/x",
                "/app/%2e%2E/other/x",
                ".%2e/.%2e/other/x"
            })
    void otherUrlsStayAsTheyAre(String url) {
        assertThat(UrlIds.encode(url, "jsessionid", "ID", request)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/\\evil.example/x", "/\t/evil.example/x"})
    void urlsThatBrowsersReadAsThoseOfAnotherServerStayAsTheyAreInTheRootApplicationToo(String url) {
        when(request.getContextPath()).thenReturn("");

        assertThat(UrlIds.encode(url, "jsessionid", "ID", request)).isEqualTo(url);
    }
}
