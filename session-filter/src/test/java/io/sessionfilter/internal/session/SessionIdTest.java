package io.sessionfilter.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
    private static final String KEY = "Zk3q9Zk3q9Zk3q9Zk3q9Zk3q";

    @Test
    void anIdHasAKeyANodeAndARoute() {
        assertThat(SessionId.parse(KEY + "-n1.jvm1")).isEqualTo(new SessionId(KEY, "n1", "jvm1"));
    }

    @Test
    void eitherSuffixMayBeAbsent() {
        assertThat(SessionId.parse(KEY)).isEqualTo(new SessionId(KEY, null, null));
        assertThat(SessionId.parse(KEY + "-n1")).isEqualTo(new SessionId(KEY, "n1", null));
        assertThat(SessionId.parse(KEY + ".jvm1")).isEqualTo(new SessionId(KEY, null, "jvm1"));
    }

    @Test
    void aRouteMayHaveHyphens() {
        assertThat(SessionId.parse(KEY + "-n1.jvm-1-b")).isEqualTo(new SessionId(KEY, "n1", "jvm-1-b"));
        assertThat(SessionId.parse(KEY + ".jvm-1-b")).isEqualTo(new SessionId(KEY, null, "jvm-1-b"));
    }

    @Test
    void whatIsParsedIsWrittenTheSame() {
        for (String text : new String[] {KEY, KEY + "-n1", KEY + ".jvm1", KEY + "-n_2.jvm-1"}) {
            assertThat(SessionId.parse(text)).as(text).hasToString(text);
        }
    }

    @Test
    void aTextIsComparedWithoutBeingTakenApart() {
        String other = KEY.replace('Z', 'Y');
        List<SessionId> ids = List.of(
                new SessionId(KEY, "n1", "jvm1"),
                new SessionId(other, "n1", "jvm1"),
                new SessionId(KEY, "n2", "jvm1"),
                new SessionId(KEY, "n1", "jvm2"),
                new SessionId(KEY, "n1", null),
                new SessionId(KEY, "n11", "jvm1"),
                new SessionId(KEY, "n1", "1jvm1"));
        List<String> texts = Stream.concat(
                        ids.stream().map(SessionId::toString),
                        Stream.of(
                                "",
                                KEY,
                                KEY + ".jvm1",
                                KEY + "-n1_jvm1",
                                KEY + ".n1.jvm1",
                                KEY + "_n1.jvm1",
                                KEY + "-n1xjvm1"))
                .toList();
        for (SessionId id : ids) {
            for (String text : texts) {
                assertThat(SessionId.isText(text, id.key(), Objects.requireNonNull(id.node()), id.route()))
                        .as("%s is %s", text, id)
                        .isEqualTo(id.toString().equals(text));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "Zk3q9Zk3q9Zk3q9Zk3q",
                KEY + "-",
                KEY + ".",
                KEY + "-.jvm1",
                KEY + "-n1.",
                KEY + "-n1.jvm1.x",
                KEY + "-n1-n2.jvm1",
                KEY + "-n1.jvm1\"",
                "\"" + KEY + "-n1.jvm1\"",
                KEY + " -n1",
                KEY + "-n1.jvm1\r\nSet-Cookie: x=y",
                KEY + "-n1.jvm\u00e9",
                KEY + "\u0000",
                "../../../../../../../etc/passwd",
                KEY + KEY + KEY,
            })
    void whatIsNoIdIsRefused(String text) {
        assertThat(SessionId.parse(text)).isNull();
    }

    @Test
    void anOverlongIdIsRefusedWithoutBeingRead() {
        assertThat(SessionId.parse(KEY + "-" + "n".repeat(10_000))).isNull();
    }

    @Test
    void anIdCannotBeMadeOfPartsThatWouldNotParse() {
        assertThatThrownBy(() -> new SessionId("short", null, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SessionId(KEY, "n.1", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SessionId(KEY, null, "jvm.1")).isInstanceOf(IllegalArgumentException.class);
    }
}
