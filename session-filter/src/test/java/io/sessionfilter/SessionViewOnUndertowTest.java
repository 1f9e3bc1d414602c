package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the specification says of a session object, and what we chose where containers differ. */
class SessionViewOnUndertowTest {
    private final UndertowApp app = new UndertowApp();

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    @Test
    void nullValueRemovesAndNullNamesAreRefusedOnlyWhenSet() throws Exception {
        app.servlet("/s", (request, response) -> {
                    HttpSession session = request.getSession();
                    session.setAttribute("a", "1");
                    session.setAttribute("a", null);
                    session.setAttribute("absent", null);
                    session.removeAttribute(null);
                    assertThat(session.getAttribute(null)).isNull();
                    assertThat(session.getAttributeNames().hasMoreElements()).isFalse();
                    assertThatIllegalArgumentException().isThrownBy(() -> session.setAttribute(null, "1"));
                    response.getWriter().print("done");
                })
                .start();

        assertThat(app.get("/s").body()).isEqualTo("done");
    }

    @Test
    void namesAreASnapshot() throws Exception {
        app.servlet("/s", (request, response) -> {
                    HttpSession session = request.getSession();
                    session.setAttribute("a", "1");
                    session.setAttribute("b", "2");
                    List<String> names = Collections.list(session.getAttributeNames());
                    session.getAttributeNames().asIterator().forEachRemaining(session::removeAttribute);
                    response.getWriter()
                            .print(names.size() + " "
                                    + session.getAttributeNames().hasMoreElements());
                })
                .start();

        assertThat(app.get("/s").body()).isEqualTo("2 false");
    }

    @Test
    void afterTheEndOnlyIdContextAndTimeoutCanBeRead() throws Exception {
        app.servlet("/s", (request, response) -> {
                    HttpSession session = request.getSession();
                    String id = session.getId();
                    session.invalidate();
                    assertThat(session.getId()).isEqualTo(id);
                    assertThat(session.getServletContext()).isSameAs(request.getServletContext());
                    session.setMaxInactiveInterval(5);
                    assertThat(session.getMaxInactiveInterval()).isEqualTo(5);
                    assertThatIllegalStateException().isThrownBy(session::getCreationTime);
                    assertThatIllegalStateException().isThrownBy(session::getLastAccessedTime);
                    assertThatIllegalStateException().isThrownBy(() -> session.getAttribute("a"));
                    assertThatIllegalStateException().isThrownBy(() -> session.getAttribute(null));
                    assertThatIllegalStateException().isThrownBy(session::getAttributeNames);
                    assertThatIllegalStateException().isThrownBy(() -> session.setAttribute("a", "1"));
                    assertThatIllegalStateException().isThrownBy(() -> session.removeAttribute("a"));
                    assertThatIllegalStateException().isThrownBy(session::isNew);
                    assertThatIllegalStateException().isThrownBy(session::invalidate);
                    response.getWriter().print("done");
                })
                .start();

        assertThat(app.get("/s").body()).isEqualTo("done");
    }
}
