package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Makes views of sessions, as this container's version of the Servlet API wants them: applications and frameworks look at the methods of what
 * they are given, so none may mention a type that is not there.
 */
final class SessionViews {
    private static final Factory FACTORY = knowsAccessors() ? AccessibleSessionView::new : HttpSessionView::new;

    private SessionViews() {}

    /**
     * A new view.
     *
     * @param scope who commits what is changed; {@code null}: the view does, each change at once
     */
    static HttpSessionView of(SessionUse use, FilterContext filter, @Nullable SessionScope scope) {
        return FACTORY.view(use, filter, scope);
    }

    private static boolean knowsAccessors() {
        try {
            Class.forName("jakarta.servlet.http.HttpSession$Accessor", false, HttpSession.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false; // Servlet 6.0
        }
    }

    private interface Factory {
        HttpSessionView view(SessionUse use, FilterContext filter, @Nullable SessionScope scope);
    }
}
