package io.sessionfilter.internal.store;

import io.sessionfilter.internal.store.Written.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One owner's lock of one session: an item on the first usable memcached node of the session's ring, under {@code <storage key>:lock}, whose value
 * names the owner. Taken by <i>add</i>, renewed by <i>compare-and-set</i> and released by <i>compare-and-delete</i>, so that nobody touches the lock of
 * another; that of an app node that died expires.
 *
 * <p>There is one copy, in return for one round trip: while memcached nodes fail or return, two owners may have the lock. It is there to spare requests each
 * other's changes, and not for what sessions promise.
 *
 * <p>To be taken by one thread; then safe for use by one that renews and one that releases.
 */
public final class LockItem {
    private enum State {
        FREE,
        HELD,
        RENEWING,
        /** Who renews it is to release it. */
        RELEASED_WHILE_RENEWING
    }

    private final StoreContext context;
    private final String key;
    private final String storageKey;
    private final Item item;
    private final AtomicReference<State> state = new AtomicReference<>(State.FREE);

    /** Where the lock is, or may be; {@code null}: nowhere. */
    private volatile @Nullable MemcachedNode node;

    /** Of the item; {@code null}: not known. */
    private volatile @Nullable CasToken token;

    LockItem(StoreContext context, String key, long ttlSeconds) {
        this.context = context;
        this.key = key;
        this.storageKey = context.storageKey(key) + ":lock";
        String owner = Long.toHexString(context.random().getAsLong())
                + '-'
                + Long.toHexString(context.random().getAsLong());
        this.item = new Item(owner.getBytes(StandardCharsets.US_ASCII), 0, ttlSeconds);
    }

    /** Of the session. */
    public String key() {
        return key;
    }

    /**
     * Tries once to take the lock, in one round trip.
     *
     * @return whether it is taken; {@code false}: somebody else has it
     * @throws NodeException if nobody knows; to be {@linkplain #release released} all the same, since it may be taken
     */
    public boolean tryLock() throws NodeException {
        boolean taken = add();
        if (taken) {
            state.set(State.HELD);
        }
        return taken;
    }

    /**
     * Makes the lock last for its full time again; if it is not there any more, or its memcached node is not the first usable one any more, takes it
     * anew.
     *
     * @return {@code false}: somebody else has it by now
     * @throws NodeException if nobody knows; trying again makes sense
     */
    public boolean renew() throws NodeException {
        if (!state.compareAndSet(State.HELD, State.RENEWING)) {
            return true; // it is being released
        }
        try {
            return prolong();
        } finally {
            if (!state.compareAndSet(State.RENEWING, State.HELD)) {
                state.set(State.FREE);
                delete();
            }
        }
    }

    /**
     * Gives the lock back, if it is still ours.
     *
     * @throws NodeException if nobody knows; then it expires
     */
    public void release() throws NodeException {
        while (!state.compareAndSet(State.RENEWING, State.RELEASED_WHILE_RENEWING)) {
            State before = state.get();
            if (before != State.RENEWING && state.compareAndSet(before, State.FREE)) {
                delete();
                return;
            }
        }
    }

    private MemcachedNode firstUsable() throws NodeException {
        Membership.Homes homes = context.homes(key);
        for (MemcachedNode candidate : homes.deciding()) {
            if (candidate.health().usable()) {
                return candidate;
            }
        }
        NodeId first = homes.deciding().get(0).id();
        throw new NodeException(
                NodeException.Kind.UNAVAILABLE, first, "no memcached node is there for a session's lock", null);
    }

    private boolean add() throws NodeException {
        MemcachedNode first = firstUsable();
        boolean mayBeThere = first.equals(node); // an earlier try may have had no answer
        node = first;
        token = null;
        Written written = first.add(storageKey, item).await();
        token = written.token() == null && mayBeThere ? ownToken(first) : written.token();
        if (token == null) {
            node = null;
        }
        return token != null;
    }

    private boolean prolong() throws NodeException {
        MemcachedNode holder = node;
        CasToken known = token;
        if (holder == null || known == null || !holder.equals(firstUsable())) {
            return add();
        }
        Written written = holder.compareAndSet(storageKey, item, known).await();
        if (written.outcome() == Outcome.EXISTS) { // of an earlier connection, or renewed without an answer
            CasToken newest = ownToken(holder);
            if (newest == null) {
                return add();
            }
            written = holder.compareAndSet(storageKey, item, newest).await();
        }
        if (written.outcome() == Outcome.NOT_FOUND) {
            return add();
        }
        token = written.token();
        return token != null;
    }

    private void delete() throws NodeException {
        MemcachedNode holder = node;
        if (holder == null) {
            return;
        }
        node = null;
        CasToken known = token == null ? ownToken(holder) : token;
        if (known != null && holder.compareAndDelete(storageKey, known).await().outcome() == Outcome.EXISTS) {
            CasToken newest = ownToken(holder);
            if (newest != null) {
                holder.compareAndDelete(storageKey, newest).await();
            }
        }
    }

    /** Of the item as it is there now; {@code null}: it is not there, or is that of somebody else. */
    private @Nullable CasToken ownToken(MemcachedNode holder) throws NodeException {
        Optional<Copy> found =
                holder.fetch(storageKey, true, MemcachedNode.NO_RENEWAL).await();
        return found.filter(copy -> Arrays.equals(copy.value(), item.value()))
                .map(Copy::token)
                .orElse(null);
    }
}
