package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.UndertowApp.Answer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asynchronous cycles that were started on the container's request, behind the back of our wrapper: nobody tells us of their end. */
class ForeignAsyncOnUndertowTest {
    private final UndertowApp app = new UndertowApp();

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    private static ServletRequest unwrapped(HttpServletRequest request) {
        return ((ServletRequestWrapper) request).getRequest();
    }

    @Test
    void useEndsWithTheDispatchAndWhatChangesLaterIsStoredAtOnce() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        app.servlet("/s", (request, response) -> {
                    HttpSession session = request.getSession();
                    session.setAttribute("a", "1");
                    AsyncContext foreign = unwrapped(request).startAsync();
                    Thread later = new Thread(() -> {
                        try {
                            app.await(() -> app.sessions.activeUses() == 0);
                            session.setAttribute("b", "2");
                            seen.add(app.sessions.storedInAll());
                        } catch (InterruptedException e) {
                            seen.add(e);
                        } finally {
                            foreign.complete();
                        }
                    });
                    later.start();
                })
                .start();

        app.get("/s");

        assertThat(seen).containsExactly(Map.of("a", "1", "b", "2"));
    }

    @Test
    void dispatchOfItHasTheSessionAgain() throws Exception {
        List<Object> uses = new CopyOnWriteArrayList<>();
        app.servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    unwrapped(request).startAsync().dispatch("/target");
                })
                .servlet("/target", (request, response) -> {
                    assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.ASYNC);
                    HttpSession session = request.getSession();
                    uses.add(app.sessions.activeUses());
                    session.setAttribute("b", "2");
                    session.setAttribute("c", "3");
                    uses.add(app.sessions.storedInAll());
                })
                .start();

        Answer answer = app.get("/s");

        assertThat(uses).as("in use, and committed at its end").containsExactly(1, Map.of("a", "1"));
        app.await(() -> app.sessions.activeUses() == 0);
        assertThat(app.sessions.stored(answer.sessionId())).containsOnlyKeys("a", "b", "c");
    }

    /** The listener of our own cycle does not hear of its end. */
    @Test
    void foreignCycleAfterOneOfOursEndsTheUseWithItsDispatch() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        app.servlet("/s", (request, response) -> {
                    request.getSession().setAttribute("a", "1");
                    request.startAsync().dispatch("/target");
                })
                .servlet("/target", (request, response) -> {
                    AsyncContext foreign = unwrapped(request).startAsync();
                    Thread later = new Thread(() -> {
                        try {
                            app.await(() -> app.sessions.activeUses() == 0);
                            over.countDown();
                        } catch (InterruptedException | AssertionError e) {
                            // the latch tells
                        } finally {
                            foreign.complete();
                        }
                    });
                    later.start();
                })
                .start();

        app.get("/s");

        assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
