package io.sessionfilter.internal.servlet;

import io.sessionfilter.internal.session.SessionId;
import io.sessionfilter.internal.session.SessionManager;
import io.sessionfilter.internal.session.SessionUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A heart without a store: remembers what it was asked, and what was committed. */
public final class FakeSessions implements SessionManager {
    private final AtomicInteger activeUses = new AtomicInteger();
    private static final AtomicInteger KEYS = new AtomicInteger();

    public final List<String> events = new CopyOnWriteArrayList<>();
    public final Set<String> unknownKeys = ConcurrentHashMap.newKeySet();
    public volatile String node = "n1";
    public volatile String route = "jvm1";
    public volatile boolean commitFails;
    /** What commits come to; {@code null}: what they are. */
    public volatile SessionUse.@Nullable Commit commitsAre;

    public volatile Predicate<String> moveOnCommit = key -> false;
    private final Map<String, Data> sessions = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Runnable> afterNextCommit = new AtomicReference<>();

    /** A session that exists before any request; returns its id as a client has it. */
    public String existing(Map<String, Object> attributes) {
        Data data = newData();
        data.live.putAll(attributes);
        data.stored.putAll(attributes);
        return new SessionId(data.key, node, route).toString();
    }

    /** Committed attributes of a session id, or {@code null} if there is no such session. */
    public @Nullable Map<String, Object> stored(String id) {
        Data data = find(id);
        return data == null ? null : Map.copyOf(data.stored);
    }

    /** The committed attributes of all sessions. */
    public Map<String, Object> storedInAll() {
        Map<String, Object> all = new HashMap<>();
        sessions.values().forEach(data -> all.putAll(data.stored));
        return all;
    }

    public int count() {
        return sessions.size();
    }

    public long events(String prefix) {
        return events.stream().filter(event -> event.startsWith(prefix)).count();
    }

    /** Does this when the next commit has read the attributes, before it returns. */
    void afterNextCommit(Runnable work) {
        afterNextCommit.set(work);
    }

    private @Nullable Data find(String id) {
        return sessions.get(Objects.requireNonNull(SessionId.parse(id)).key());
    }

    @Override
    public Opened open(SessionId id) {
        events.add("open " + id.key());
        if (unknownKeys.contains(id.key())) {
            return new Opened.Unknown();
        }
        Data data = sessions.get(id.key());
        return data == null ? new Opened.Absent() : new Opened.Live(new Use(data, false));
    }

    @Override
    public SessionUse create(int maxInactiveInterval) {
        Data data = newData();
        data.maxInactive = maxInactiveInterval;
        events.add("create " + data.key);
        return new Use(data, true);
    }

    @Override
    public boolean keepAlive(String key) {
        events.add("keepAlive " + key);
        return sessions.containsKey(key);
    }

    @Override
    public void close() {
        events.add("close");
    }

    private Data newData() {
        Data data = new Data(newKey());
        sessions.put(data.key, data);
        return data;
    }

    private static String newKey() {
        return String.format("FakeSessionKey%08d", KEYS.incrementAndGet());
    }

    /** How many requests use a session at this moment. */
    public int activeUses() {
        return activeUses.get();
    }

    private static final class Data {
        volatile String key;
        volatile boolean ended;
        volatile int maxInactive = 1800;
        final Map<String, Object> live = new ConcurrentHashMap<>();
        final Map<String, Object> stored = new ConcurrentHashMap<>();

        Data(String key) {
            this.key = key;
        }
    }

    private final class Use implements SessionUse {
        private final Data data;
        private final boolean isNew;

        private final AtomicBoolean active = new AtomicBoolean();

        Use(Data data, boolean isNew) {
            this.data = data;
            this.isNew = isNew;
            active(true);
        }

        @Override
        public void active(boolean nowActive) {
            if (active.compareAndSet(!nowActive, nowActive)) {
                activeUses.addAndGet(nowActive ? 1 : -1);
            }
        }

        @Override
        public SessionId id() {
            return new SessionId(data.key, node, route);
        }

        @Override
        public boolean hasId(String text) {
            return id().toString().equals(text);
        }

        @Override
        public Object session() {
            return data;
        }

        @Override
        public boolean isNew() {
            return isNew;
        }

        @Override
        public boolean isValid() {
            return !data.ended;
        }

        @Override
        public long creationTime() {
            return live(1_000L);
        }

        @Override
        public long lastAccessedTime() {
            return live(2_000L);
        }

        @Override
        public int maxInactiveInterval() {
            return data.maxInactive;
        }

        @Override
        public void maxInactiveInterval(int seconds) {
            data.maxInactive = seconds;
        }

        @Override
        public @Nullable Object attribute(String name) {
            return live(data).live.get(name);
        }

        @Override
        public boolean holds(String name, Object value) {
            return data.live.get(name) == value;
        }

        @Override
        public List<String> attributeNames() {
            return new ArrayList<>(live(data).live.keySet());
        }

        @Override
        public @Nullable Object setAttribute(String name, Object value) {
            return live(data).live.put(name, value);
        }

        @Override
        public @Nullable Object removeAttribute(String name) {
            return live(data).live.remove(name);
        }

        @Override
        public void invalidate() {
            live(data).ended = true;
            sessions.remove(data.key);
            events.add("invalidate " + data.key);
        }

        @Override
        public void changeKey() {
            sessions.remove(live(data).key);
            data.key = newKey();
            sessions.put(data.key, data);
        }

        @Override
        public Commit commit() {
            events.add("commit " + data.key);
            if (commitFails) {
                throw new IllegalArgumentException("a heart that breaks its contract");
            }
            Commit forced = commitsAre;
            if (forced != null) {
                return forced;
            }
            if (data.ended) {
                return Commit.ENDED;
            }
            if (moveOnCommit.test(data.key)) {
                node = "n2";
            }
            boolean differs = !data.live.equals(data.stored);
            data.stored.clear();
            data.stored.putAll(data.live);
            Runnable meanwhile = afterNextCommit.getAndSet(null);
            if (meanwhile != null) {
                meanwhile.run();
            }
            return differs ? Commit.STORED : Commit.NOTHING;
        }

        private <T> T live(T value) {
            if (data.ended) {
                throw new IllegalStateException("ended");
            }
            return value;
        }
    }
}
