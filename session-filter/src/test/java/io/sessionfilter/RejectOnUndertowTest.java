package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionfilter.UndertowApp.Answer;
import io.sessionfilter.internal.session.SessionUse.Commit;
import io.undertow.servlet.Servlets;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code storeFailurePolicy=reject} makes of a request whose session cannot be stored, or be found out about. */
class RejectOnUndertowTest {
    private final UndertowApp app = new UndertowApp().rejecting();

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    private void serve(UndertowApp.Work work) throws Exception {
        app.servlet("/s", work).start();
    }

    @Test
    void aRequestWhoseSessionCannotBeSavedFailsThoughTheApplicationHasAnswered() throws Exception {
        app.sessions.commitsAre = Commit.LOCAL;
        serve((request, response) -> {
            request.getSession().setAttribute("a", "1");
            response.setHeader("X-Order", "accepted");
            response.getWriter().print("saved!");
        });

        Answer answer = app.get("/s");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).hasValue("5");
        assertThat(answer.header("X-Order")).isEmpty();
        assertThat(answer.body()).doesNotContain("saved!");
    }

    @Test
    void theApplicationIsStoppedBeforeItsAnswerGoesOut() throws Exception {
        app.sessions.commitsAre = Commit.LOCAL;
        List<String> reached = new CopyOnWriteArrayList<>();
        serve((request, response) -> {
            request.getSession().setAttribute("a", "1");
            response.getWriter().print("saved!");
            response.flushBuffer();
            reached.add("after the flush");
        });

        Answer answer = app.get("/s");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("saved!");
        assertThat(reached).isEmpty();
    }

    @Test
    void anApplicationThatWrapsTheExceptionIsRefusedAllTheSame() throws Exception {
        app.sessions.commitsAre = Commit.LOCAL;
        serve((request, response) -> {
            request.getSession().setAttribute("a", "1");
            try {
                response.sendRedirect("elsewhere");
            } catch (RuntimeException e) {
                throw new ServletException(e);
            }
        });

        assertThat(app.get("/s").status()).isEqualTo(503);
    }

    @Test
    void aSessionThatIsTooLargeIsA500BeforeTheResponseGoesOut() throws Exception {
        app.sessions.commitsAre = Commit.TOO_LARGE;
        serve((request, response) -> {
            request.getSession().setAttribute("a", "1");
            response.getWriter().print("saved!");
        });

        Answer answer = app.get("/s");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Retry-After")).isEmpty();
        assertThat(answer.body()).doesNotContain("saved!");
    }

    @Test
    void nobodyGetsAFreshSessionWhileNobodyKnowsOfTheOldOne() throws Exception {
        String id = app.sessions.existing(Map.of("a", "1"));
        app.sessions.unknownKeys.add(id.substring(0, id.indexOf('-')));
        serve((request, response) ->
                response.getWriter().print(request.getSession().getId()));

        Answer answer = app.get("/s", UndertowApp.COOKIE + "=" + id);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).hasValue("5");
        assertThat(answer.cookies()).isEmpty();
        assertThat(app.sessions.events("create")).isZero();
    }

    @Test
    void aRequestThatDoesNotAskForItsSessionIsNotRefused() throws Exception {
        String id = app.sessions.existing(Map.of("a", "1"));
        app.sessions.unknownKeys.add(id.substring(0, id.indexOf('-')));
        serve((request, response) -> response.getWriter().print("static"));

        assertThat(app.get("/s", UndertowApp.COOKIE + "=" + id).status()).isEqualTo(200);
    }

    @Test
    void theErrorPageMayUseTheSession() throws Exception {
        app.sessions.commitsAre = Commit.LOCAL;
        app.servlet("/error", (request, response) -> {
            request.getSession().setAttribute("seen", "error page");
            response.getWriter().print("please come back");
        });
        app.deployment(deployment -> deployment.addErrorPage(Servlets.errorPage("/error", 503)));
        serve((request, response) -> request.getSession().setAttribute("a", "1"));

        Answer answer = app.get("/s");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("please come back");
    }

    @Test
    void anAsynchronousRequestFailsWhenItCompletes() throws Exception {
        app.sessions.commitsAre = Commit.LOCAL;
        serve((request, response) -> {
            request.getSession().setAttribute("a", "1");
            AsyncContext context = request.startAsync();
            response.getWriter().print("saved!");
            context.start(context::complete);
        });

        Answer answer = app.get("/s");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("saved!");
    }

    /** It would wait for its timeout if the container did not know. */
    @Test
    void anAsynchronousRequestThatIsStoppedFailsAtOnce() throws Exception {
        app.sessions.commitsAre = Commit.LOCAL;
        List<String> heard = new CopyOnWriteArrayList<>();
        serve((request, response) -> {
            request.getSession().setAttribute("a", "1");
            AsyncContext context = request.startAsync();
            context.setTimeout(1_000);
            context.addListener(new Hearing(heard));
            response.getWriter().print("saved!");
            response.flushBuffer();
        });

        Answer answer = app.get("/s");

        assertThat(answer.status()).isGreaterThanOrEqualTo(500);
        assertThat(heard).containsExactly("error");
    }

    private record Hearing(List<String> heard) implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            heard.add("timeout");
        }

        @Override
        public void onError(AsyncEvent event) {
            heard.add("error");
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    @Test
    void whatCanBeSavedIsAnsweredAsEver() throws Exception {
        serve((request, response) -> {
            request.getSession().setAttribute("a", "1");
            response.getWriter().print("saved!");
        });

        Answer answer = app.get("/s");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("saved!");
    }

    @Test
    void exceptionsOfTheApplicationStayItsOwn() throws Exception {
        serve((request, response) -> {
            request.getSession().setAttribute("a", "1");
            throw new ServletException("mine");
        });

        assertThat(app.get("/s").status()).isEqualTo(500);
    }
}
