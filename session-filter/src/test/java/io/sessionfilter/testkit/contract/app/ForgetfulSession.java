package io.sessionfilter.testkit.contract.app;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** A session that keeps nothing: neither attributes, nor an interval, nor that it was ended. */
final class ForgetfulSession implements HttpSession {
    private final ServletContext context;
    private final String id;

    ForgetfulSession(ServletContext context, String id) {
        this.context = context;
        this.id = id;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public long getCreationTime() {
        return 0;
    }

    @Override
    public long getLastAccessedTime() {
        return 0;
    }

    @Override
    public int getMaxInactiveInterval() {
        return 0;
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        // forgotten
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return null;
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.emptyEnumeration();
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        // forgotten
    }

    @Override
    public void removeAttribute(String name) {
        // nothing is there
    }

    @Override
    public void invalidate() {
        // forgotten
    }

    @Override
    public boolean isNew() {
        return false;
    }
}
