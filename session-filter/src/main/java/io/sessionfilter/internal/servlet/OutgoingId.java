package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionUse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What one request tells its client of the session's id: by a cookie, as long as the response has not gone out. Safe for use by many threads:
 * whichever comes last, the cookie is that of the session as it is then.
 */
final class OutgoingId {
    private static final AtomicReferenceFieldUpdater<OutgoingId, @Nullable CookieWriter> COOKIES =
            AtomicReferenceFieldUpdater.newUpdater(OutgoingId.class, CookieWriter.class, "cookies");

    private final FilterContext filter;
    private volatile HttpServletRequest request;
    private volatile HttpServletResponse response;

    /** Most requests need none. */
    private volatile @Nullable CookieWriter cookies;

    private volatile boolean responseComplete;

    OutgoingId(FilterContext filter, HttpServletRequest request, HttpServletResponse response) {
        this.filter = filter;
        this.request = request;
        this.response = response;
    }

    /** The client is answered by another response from now on: that of an error page or of an asynchronous dispatch. */
    void moveTo(HttpServletRequest nextRequest, HttpServletResponse nextResponse) {
        request = nextRequest;
        response = nextResponse;
        responseComplete = false;
        if (cookies != null) {
            locked(writer -> writer.moveTo(nextRequest, nextResponse));
        }
    }

    /** Whether nothing can be told any more. */
    boolean isTooLate() {
        return responseComplete || response.isCommitted();
    }

    /** All bytes of the response have been written; some containers do not call it committed then. */
    void responseComplete() {
        responseComplete = true;
    }

    /** The client is told that the request has failed, if it was not told anything yet. */
    void refuse(Refusal refusal) {
        if (!isTooLate()) {
            refusal.answer(response);
        }
    }

    /**
     * Tells the client the id that its session has now, if it does not know it yet.
     *
     * @param sent what the client has sent; {@code null}: nothing
     */
    void tell(SessionUse use, @Nullable String sent) {
        if (isKnown(use, sent)) {
            return;
        }
        locked(writer -> {
            if (filter.idsInCookies() && use.isValid()) {
                writer.send(use.id().toString(), sent);
            }
        });
    }

    /** As {@link #tell}, and once more if the cookie got lost since. */
    void ensure(SessionUse use, @Nullable String sent) {
        if (!isKnown(use, sent)) {
            tell(use, sent);
            locked(CookieWriter::ensure);
        }
    }

    /** As nearly always: nothing is made for that. */
    private boolean isKnown(SessionUse use, @Nullable String sent) {
        return cookies == null && sent != null && use.hasId(sent);
    }

    /**
     * Makes the client forget its id.
     *
     * @param clientHasCookie whether it has sent one as a cookie
     */
    void expire(boolean clientHasCookie) {
        locked(writer -> writer.expire(clientHasCookie));
    }

    /** The response was reset, and its cookies with it. */
    void responseReset() {
        responseComplete = false;
        if (cookies != null) {
            locked(CookieWriter::again);
        }
    }

    /** The URL with the id, if it leads to this web application. */
    String encodeUrl(String url, String id) {
        return UrlIds.encode(url, filter.cookie().urlParameter(), id, request);
    }

    private void locked(CookieWork work) {
        CookieWriter writer = cookies();
        writer.lock.lock();
        try {
            work.run(writer);
        } finally {
            writer.lock.unlock();
        }
    }

    private CookieWriter cookies() {
        CookieWriter writer = cookies;
        if (writer != null) {
            return writer;
        }
        CookieWriter created = new CookieWriter(filter.cookie(), request, response);
        CookieWriter other = COOKIES.compareAndSet(this, null, created) ? null : cookies;
        return other == null ? created : other;
    }

    private interface CookieWork {
        void run(CookieWriter writer);
    }
}
