package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionUse;
import io.sessionfilter.internal.session.SessionUse.Commit;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The session as the application sees it, over one use of it: by a request, or by one access from outside of any. Its id is the bare session
 * key, which stays the same when the memcached node or the app node changes.
 *
 * <p>Applications keep sessions longer than the specification allows: in other threads, in caches, in WebSocket endpoints. So a view lets go
 * of its request when that is over, whose objects the container uses again, and from then on commits each change by itself. Changes in
 * place are found by the next commit of this view at the latest; {@link SessionAccess} commits them for sure.
 *
 * <p>Where the specification leaves it open and containers differ: names of attributes are a snapshot; {@code null} as a name is refused
 * by {@code setAttribute} only; id, servlet context and timeout can be read after the end.
 */
class HttpSessionView implements HttpSession {
    private final SessionUse use;
    private final FilterContext filter;
    private volatile @Nullable SessionScope scope;

    /**
     * Made by {@link SessionViews}.
     *
     * @param scope who commits what is changed; {@code null}: this view does, each change at once
     */
    HttpSessionView(SessionUse use, FilterContext filter, @Nullable SessionScope scope) {
        this.use = use;
        this.filter = filter;
        this.scope = scope;
    }

    final SessionUse use() {
        return use;
    }

    /**
     * Changes who commits. A scope that ends takes itself away first and commits then: so no change falls between the two.
     *
     * @param newScope {@code null}: this view does, each change at once
     */
    final void scope(@Nullable SessionScope newScope) {
        scope = newScope;
    }

    /** How others come to this session when the request is over. */
    final SessionAccess access() {
        requireValid();
        return new SessionAccess(filter, use.id());
    }

    @Override
    public String getId() {
        return use.id().key();
    }

    @Override
    public ServletContext getServletContext() {
        return filter.servletContext();
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
        if (scope == null) {
            use.commit();
        }
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
            filter.listeners().removeAttribute(this, use, name);
        } else {
            filter.listeners().setAttribute(this, use, name, value);
        }
        changed();
    }

    @Override
    public void removeAttribute(@Nullable String name) {
        if (name == null) {
            requireValid();
        } else {
            filter.listeners().removeAttribute(this, use, name);
            changed();
        }
    }

    @Override
    public void invalidate() {
        requireValid();
        use.invalidate();
        SessionScope current = scope;
        if (current != null) {
            current.invalidated(this);
        }
    }

    @Override
    public boolean isNew() {
        requireValid();
        return use.isNew();
    }

    /** Views of one session are equal on one app node, as containers have one object for it: applications collect sessions in sets. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof HttpSessionView view && use.session() == view.use.session();
    }

    /** The same for the session's whole life. */
    @Override
    public final int hashCode() {
        return use.session().hashCode();
    }

    /** An attribute was changed. Whoever changes it when the session has ended unnoticed is told; listeners that see it off are not. */
    private void changed() {
        if (scope == null && use.commit() == Commit.ENDED) {
            requireValid();
        }
    }

    private void requireValid() {
        if (!use.isValid()) {
            throw new IllegalStateException("the session has ended");
        }
    }
}
