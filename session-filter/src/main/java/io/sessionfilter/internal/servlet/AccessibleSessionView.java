package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionUse;
import org.jspecify.annotations.Nullable;

/** The session as the application sees it on Servlet 6.1 and later. Not to be loaded where {@link Accessor} is not known. */
final class AccessibleSessionView extends HttpSessionView {
    AccessibleSessionView(SessionUse use, FilterContext filter, @Nullable SessionScope scope) {
        super(use, filter, scope);
    }

    @Override
    public Accessor getAccessor() {
        return access()::run;
    }
}
