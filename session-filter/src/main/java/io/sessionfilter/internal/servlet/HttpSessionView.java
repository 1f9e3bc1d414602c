package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The session as the application sees it, over one request's use of it. Its id is the bare session key, which stays the same when the
 * memcached node or the app node changes.
 *
 * <p>Where the specification leaves it open and containers differ: names of attributes are a snapshot; {@code null} as a name is refused
 * by {@code setAttribute} only; id, servlet context and timeout can be read after the end.
 */
final class HttpSessionView implements HttpSession {
    private final SessionUse use;
    private final RequestState request;

    HttpSessionView(SessionUse use, RequestState request) {
        this.use = use;
        this.request = request;
    }

    SessionUse use() {
        return use;
    }

    @Override
    public String getId() {
        return use.id().key();
    }

    @Override
    public ServletContext getServletContext() {
        return request.servletContext();
    }

    @Override
    public long getCreationTime() {
        return use.creationTime();
    }

    @Override
    public long getLastAccessedTime() {
        return use.lastAccessedTime();
    }

    @Override
    public int getMaxInactiveInterval() {
        return use.maxInactiveInterval();
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        use.maxInactiveInterval(seconds);
    }

    @Override
    public @Nullable Object getAttribute(@Nullable String name) {
        if (name == null) {
            requireValid();
            return null;
        }
        return use.attribute(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(use.attributeNames());
    }

    @Override
    public void setAttribute(@Nullable String name, @Nullable Object value) {
        if (name == null) {
            throw new IllegalArgumentException("a session attribute needs a name");
        }
        if (value == null) {
            use.removeAttribute(name);
        } else {
            use.setAttribute(name, value);
        }
    }

    @Override
    public void removeAttribute(@Nullable String name) {
        if (name == null) {
            requireValid();
        } else {
            use.removeAttribute(name);
        }
    }

    @Override
    public void invalidate() {
        requireValid();
        use.invalidate();
        request.invalidated(this);
    }

    @Override
    public boolean isNew() {
        requireValid();
        return use.isNew();
    }

    private void requireValid() {
        if (!use.isValid()) {
            throw new IllegalStateException("the session has ended");
        }
    }
}
