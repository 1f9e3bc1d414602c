package io.sessionfilter.internal.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request's use of a session: which of its attributes this request was handed, and so may have changed. So is an access from outside of
 * any request. May be kept when the request is over.
 *
 * <p>Parallel requests of a session on one app node have a use each, over the same live attributes. Safe for use by many threads (an
 * application may pass its session to others); no method holds a lock while it waits for the store. All attribute methods and those for
 * times but {@link #maxInactiveInterval} throw {@link IllegalStateException} once the session has ended.
 */
public interface SessionUse {
    /** The id as the client should have it now: with this app node's route, and the memcached node that serves. Works after the end. */
    SessionId id();

    /** Whether the client has sent {@link #id()}; makes no objects, as nearly all requests ask, and nearly always have it. */
    boolean hasId(String text);

    /** What all uses of the session on this app node share, whatever its key becomes. For nothing but {@code equals} and {@code hashCode}. */
    Object session();

    /** Whether this request created the session. */
    boolean isNew();

    /** Whether the session has neither been invalidated, here or as far as this app node knows elsewhere, nor expired. Does no I/O. */
    boolean isValid();

    /** When the session was created, in milliseconds since 1970. */
    long creationTime();

    /** When the previous request of the session began, in milliseconds since 1970; of a new session its creation time. */
    long lastAccessedTime();

    /** Seconds without a request after which the session expires; 0 and below: never. */
    int maxInactiveInterval();

    /** Sets {@link #maxInactiveInterval()}; stored with the next {@link #commit()}. Without effect once the session has ended. */
    void maxInactiveInterval(int seconds);

    /**
     * The value of an attribute, decoded when first asked for; the same instance each time, unless another app node has changed it.
     *
     * @return {@code null} if there is none, or if it cannot be decoded (counted and logged)
     */
    @Nullable
    Object attribute(String name);

    /** Whether an attribute is this very instance, and live: decodes nothing. */
    boolean holds(String name, Object value);

    /** The names of all attributes: a snapshot. */
    List<String> attributeNames();

    /**
     * Binds a value.
     *
     * @return what was bound before; {@code null} if that was nothing, cannot be decoded, or was not decoded since nobody wants to hear of it
     *     ({@link SessionObserver})
     */
    @Nullable
    Object setAttribute(String name, Object value);

    /**
     * Removes an attribute; nothing happens if there is none.
     *
     * @return what was bound before, as of {@link #setAttribute}
     */
    @Nullable
    Object removeAttribute(String name);

    /**
     * Ends the session everywhere. The tombstone is written before this returns, or owed if no memcached node can be reached. Then the
     * {@link SessionObserver} is told, and meanwhile the session's attributes can still be used; calling this again from there does nothing.
     */
    void invalidate();

    /**
     * Gives the session a new key (Servlet specification, {@code changeSessionId}); the old one is dead when this returns. If the session has ended
     * elsewhere meanwhile, it has ended here too.
     *
     * @throws IllegalStateException if the session has ended, or if its key is being changed already by this very thread, whose attributes are being
     *     encoded for that
     */
    void changeKey();

    /**
     * Makes all changes durable that were made so far: through this use, through others before, and in place to attributes that this use was
     * handed. Costs nothing if there are none. Never throws for a failed store: that is counted and logged, and the changes stay on this
     * app node to be written with the next commit.
     *
     * <p>Through a use that is no longer {@linkplain #active active}, a session that may have expired is looked up first, which does not revive it.
     */
    Commit commit();

    /**
     * Says whether the request goes on: as long as any does, the session does not expire under it. A use begins so, and ends with the
     * request; a later dispatch of the request takes it up again. Idempotent.
     */
    void active(boolean active);

    /** What a commit did. */
    enum Commit {
        /** Nothing had changed. */
        NOTHING,
        /** Stored. */
        STORED,
        /** It is stored soon, by another thread. */
        LATER,
        /** Some or all of it could not be stored, and is kept on this app node. */
        LOCAL,
        /** It is larger than memcached takes. All of it is kept on this app node; what was stored before is still stored. */
        TOO_LARGE,
        /** The session has ended meanwhile. */
        ENDED
    }
}
