package io.sessionfilter.internal.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager.Opened;
import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.http.HttpSession;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Applications keep sessions in sets: those online, for one; put there by one request and taken out by another, or when they expire. */
class SessionEqualityTest {
    private final FakeSessions sessions = new FakeSessions();
    private final String id = sessions.existing(Map.of());

    private SessionUse open(String ofId) {
        if (sessions.open(Objects.requireNonNull(SessionId.parse(ofId))) instanceof Opened.Live live) {
            return live.session();
        }
        throw new AssertionError("no session " + ofId);
    }

    private static HttpSession view(SessionUse use) {
        return SessionViews.of(use, FilterContexts.bare(), null);
    }

    @Test
    void sessionOfOneRequestIsThatOfAnother() {
        Set<HttpSession> online = new HashSet<>();
        online.add(view(open(id)));

        assertThat(online).contains(view(open(id)));
        assertThat(online.remove(view(open(id)))).isTrue();
        assertThat(online).isEmpty();
    }

    @Test
    void sessionStaysTheSameWhenItsIdChanges() {
        Set<HttpSession> online = new HashSet<>();
        SessionUse use = open(id);
        online.add(view(use));

        use.changeKey();

        assertThat(online).contains(view(open(use.id().toString())));
    }

    @Test
    void sessionsDiffer() {
        HttpSession session = view(open(id));

        assertThat(session).isNotEqualTo(view(open(sessions.existing(Map.of()))));
        assertThat(session).isNotEqualTo(id);
    }
}
