package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathParameterTest {
    @Test
    void valueEndsWhereTheSegmentOrTheNextParameterBegins() {
        assertThat(PathParameter.value("/a;jsessionid=X", "jsessionid")).isEqualTo("X");
        assertThat(PathParameter.value("/a;p=1;jsessionid=X;q=2/b?c", "jsessionid"))
                .isEqualTo("X");
        assertThat(PathParameter.value("/a;jsessionid=X/b", "jsessionid")).isEqualTo("X");
        assertThat(PathParameter.value("/a;jsessionid=?b", "jsessionid")).isEmpty();
    }

    @Test
    void otherParametersAndQueriesAreNone() {
        assertThat(PathParameter.value("/a", "jsessionid")).isNull();
        assertThat(PathParameter.value("/a;jsessionid", "jsessionid")).isNull();
        assertThat(PathParameter.value("/a;xjsessionid=X", "jsessionid")).isNull();
        assertThat(PathParameter.value("/a?b;jsessionid=X", "jsessionid")).isNull();
    }

    @Test
    void removingLeavesTheRest() {
        assertThat(PathParameter.remove("/a;p=1;jsessionid=X;q=2/b?c", "jsessionid"))
                .isEqualTo("/a;p=1;q=2/b?c");
        assertThat(PathParameter.remove("/a/b", "jsessionid")).isEqualTo("/a/b");
    }
}
