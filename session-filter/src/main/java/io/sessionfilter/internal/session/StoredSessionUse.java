package io.sessionfilter.internal.session;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A use of a session of {@link StoredSessionManager}. */
final class StoredSessionUse implements SessionUse {
    /** What the stored form can take, whatever the characters: 3 bytes of UTF-8 each. */
    private static final int MAX_NAME_LENGTH = 0xFFFF / 3;

    private final StoredSessionManager manager;
    private final Session session;
    private final boolean isNew;
    private final long lastAccessed;
    private final Map<String, LiveValue> handedOut = new ConcurrentHashMap<>(4);

    /** Of what this request has got of attributes that have a merger; {@code null}: the application has no mergers. */
    private final @Nullable Map<String, Branch> branches;

    private final AtomicBoolean active = new AtomicBoolean();

    StoredSessionUse(StoredSessionManager manager, Session session, boolean isNew, long lastAccessed) {
        this.manager = manager;
        this.session = session;
        this.isNew = isNew;
        this.lastAccessed = lastAccessed;
        this.branches = manager.coding().merges() ? new ConcurrentHashMap<>(4) : null;
    }

    @Override
    public void active(boolean nowActive) {
        if (active.compareAndSet(!nowActive, nowActive)) {
            session.usedUntil(manager.now());
            manager.used(session, nowActive);
        }
    }

    @Override
    public SessionId id() {
        return manager.idOf(session.key());
    }

    @Override
    public boolean hasId(String text) {
        return manager.isIdOf(session.key(), text);
    }

    @Override
    public Object session() {
        return session;
    }

    @Override
    public boolean isNew() {
        checkLive();
        return isNew;
    }

    @Override
    public boolean isValid() {
        return session.isOpen();
    }

    @Override
    public long creationTime() {
        checkLive();
        return session.created();
    }

    @Override
    public long lastAccessedTime() {
        checkLive();
        return lastAccessed;
    }

    @Override
    public int maxInactiveInterval() {
        return session.timeout();
    }

    @Override
    public void maxInactiveInterval(int seconds) {
        session.timeout(seconds);
        manager.watch(session);
    }

    @Override
    public @Nullable Object attribute(String name) {
        checkLive();
        LiveValue found = session.attributes().find(name, this);
        if (found == null) {
            session.attributes().failIfUnreadable(name);
            return null;
        }
        if (found.mutable && manager.coding().comparesRead()) {
            handedOut.put(name, found);
        }
        note(name, found);
        return found.value;
    }

    private void note(String name, LiveValue found) {
        if (branches != null && found.branch != null) {
            branches.put(name, found.branch);
        }
    }

    private @Nullable Branch seen(String name) {
        return branches == null ? null : branches.get(name);
    }

    @Override
    public boolean holds(String name, Object value) {
        return session.attributes().holds(name, value);
    }

    @Override
    public List<String> attributeNames() {
        checkLive();
        return session.attributes().names();
    }

    @Override
    public @Nullable Object setAttribute(String name, Object value) {
        checkLive();
        if (name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("the name of a session attribute may have " + MAX_NAME_LENGTH
                    + " characters at most, but one has " + name.length());
        }
        Attributes.Change change = session.attributes().set(name, value, this, seen(name));
        if (change == null) {
            throw ended();
        }
        if (change.bound().mutable) {
            handedOut.put(name, change.bound());
        }
        note(name, change.bound());
        return change.before() == null ? null : change.before().value;
    }

    @Override
    public @Nullable Object removeAttribute(String name) {
        checkLive();
        LiveValue before = session.attributes().remove(name, this, seen(name));
        return before == null ? null : before.value;
    }

    @Override
    public void invalidate() {
        if (session.end()) {
            manager.invalidated(session, this);
        } else if (!session.takingLeave) {
            throw ended();
        }
    }

    @Override
    public void changeKey() {
        if (session.isEnded()) {
            throw ended();
        }
        manager.changeKey(session, this, handedOut);
    }

    @Override
    public Commit commit() {
        if (session.isEnded()) {
            return Commit.ENDED;
        }
        if (!active.get() && manager.mayHaveExpired(session)) {
            return session.isEnded() ? Commit.ENDED : Commit.LOCAL;
        }
        session.usedUntil(manager.now());
        Map<String, LiveValue> mayHaveChanged = session.attributes().mayHaveChanged(handedOut);
        if (mayHaveChanged.isEmpty() && !session.hasUnsaved()) {
            return Commit.NOTHING;
        }
        return manager.commit(session, this, mayHaveChanged);
    }

    private void checkLive() {
        if (!session.isOpen()) {
            throw ended();
        }
    }

    private IllegalStateException ended() {
        return new IllegalStateException(
                "session " + LogKey.of(session.key()) + " has been invalidated or has expired");
    }
}
