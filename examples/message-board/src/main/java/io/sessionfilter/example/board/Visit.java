package io.sessionfilter.example.board;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a visitor has in the session, by name: the one place that knows the names of its attributes. */
final class Visit {
    private static final String USER = "user";
    private static final String DRAFT = "draft";
    private static final String LANGUAGE = "language";
    private static final String CSRF = "csrf";
    private static final String JOURNEY = "journey";
    private static final String NOTICE = "notice";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HttpSession session;

    private Visit(HttpSession session) {
        this.session = session;
    }

    /** Returns the visit of a browser that has a session; makes none, so that readers without one stay without. */
    static Optional<Visit> find(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? Optional.empty() : Optional.of(new Visit(session));
    }

    static Visit getOrBegin(HttpServletRequest request) {
        HttpSession session = request.getSession();
        Visit visit = new Visit(session);
        if (session.getAttribute(CSRF) == null) {
            session.setAttribute(CSRF, newToken());
            session.setAttribute(JOURNEY, new Journey(AppNode.route()));
        }
        return visit;
    }

    /** Turns the visit into one of a user: under a new session id and a new token, so that nobody who knew the old ones comes along. */
    void logIn(HttpServletRequest request, User user) {
        request.changeSessionId();
        session.setAttribute(USER, user);
        session.setAttribute(CSRF, newToken());
    }

    void logOut() {
        session.invalidate();
    }

    Optional<User> user() {
        return Optional.ofNullable((User) session.getAttribute(USER));
    }

    Optional<Draft> draft() {
        return Optional.ofNullable((Draft) session.getAttribute(DRAFT));
    }

    /** Returns the draft to be changed in place; puts an empty one into the session if there is none. */
    Draft getOrBeginDraft() {
        return draft().orElseGet(() -> {
            Draft draft = new Draft();
            session.setAttribute(DRAFT, draft);
            return draft;
        });
    }

    void dropDraft() {
        session.removeAttribute(DRAFT);
    }

    Optional<Language> language() {
        return Optional.ofNullable((Language) session.getAttribute(LANGUAGE));
    }

    void speak(Language language) {
        session.setAttribute(LANGUAGE, language);
    }

    /** Leaves a text's key for the next page that is shown. */
    void leaveNotice(String textKey) {
        session.setAttribute(NOTICE, textKey);
    }

    Optional<String> takeNotice() {
        Optional<String> notice = Optional.ofNullable((String) session.getAttribute(NOTICE));
        notice.ifPresent(taken -> session.removeAttribute(NOTICE));
        return notice;
    }

    String csrfToken() {
        String token = (String) session.getAttribute(CSRF);
        return token == null ? "" : token;
    }

    boolean isCsrfToken(@Nullable String sent) {
        String token = csrfToken();
        return sent != null
                && !token.isEmpty()
                && MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Counts the arrival at this app node; returns how often the session moved. */
    int moves() {
        Journey journey = (Journey) session.getAttribute(JOURNEY);
        if (journey == null) {
            return 0;
        }
        journey.arriveAt(AppNode.route());
        return journey.getMoves();
    }

    private static String newToken() {
        byte[] token = new byte[24];
        RANDOM.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
