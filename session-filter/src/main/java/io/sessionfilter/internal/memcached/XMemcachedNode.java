package io.sessionfilter.internal.memcached;

import io.sessionfilter.internal.memcached.MetaReply.Code;
import io.sessionfilter.internal.store.CasToken;
import io.sessionfilter.internal.store.Copy;
import io.sessionfilter.internal.store.Item;
import io.sessionfilter.internal.store.MemcachedNode;
import io.sessionfilter.internal.store.NodeCall;
import io.sessionfilter.internal.store.NodeException;
import io.sessionfilter.internal.store.NodeException.Kind;
import io.sessionfilter.internal.store.NodeHealth;
import io.sessionfilter.internal.store.NodeId;
import io.sessionfilter.internal.store.Written;
import io.sessionfilter.internal.store.Written.Outcome;
import io.sessionfilter.internal.time.TimeSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A memcached node asked with meta commands, over one connection of xmemcached's. */
final class XMemcachedNode implements MemcachedNode {
    private final NodeSettings settings;
    private final TimeSource time;
    private final Expiry expiry;
    private final NodeKeeper keeper;
    private final NodeLink link;
    private final AtomicLong lastOpaque = new AtomicLong();

    XMemcachedNode(NodeSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.expiry = new Expiry(time);
        this.keeper = new NodeKeeper(settings, time);
        this.link = keeper.link();
    }

    void start() {
        keeper.start();
    }

    @Override
    public NodeId id() {
        return settings.id();
    }

    @Override
    public NodeHealth health() {
        return link.health();
    }

    @Override
    public int maxValueBytes(int keyLength) {
        return link.limit().maxValueBytes(keyLength);
    }

    @Override
    public NodeCall<Optional<Copy>> fetch(String key, boolean withValue, long renewTtlSeconds) {
        MetaRequest request = MetaRequest.fetch(key, withValue, MetaRequest.renewal(expiry, renewTtlSeconds));
        return send(request, link.current(), (reply, incarnation) -> copy(reply, incarnation, withValue));
    }

    @Override
    public NodeCall<Boolean> touch(String key, long ttlSeconds) {
        MetaRequest request = MetaRequest.touch(key, " T" + expiry.of(ttlSeconds));
        return send(request, link.current(), (reply, incarnation) -> switch (reply.code()) {
            case HD -> Boolean.TRUE;
            case EN -> Boolean.FALSE;
            default -> throw unexpected(reply);
        });
    }

    @Override
    public NodeCall<Written> compareAndSet(String key, Item item, CasToken token) {
        MetaRequest request = MetaRequest.compareAndSet(key, item, expiry, token.value());
        Connection connection = link.current();
        return isVoid(token, connection) ? () -> new Written(Outcome.EXISTS, null) : store(key, request, connection);
    }

    @Override
    public NodeCall<Written> add(String key, Item item) {
        return store(key, MetaRequest.add(key, item, expiry), link.current());
    }

    @Override
    public NodeCall<Written> set(String key, Item item) {
        return store(key, MetaRequest.set(key, item, expiry), link.current());
    }

    @Override
    public NodeCall<Written> compareAndDelete(String key, CasToken token) {
        MetaRequest request = MetaRequest.compareAndDelete(key, token.value());
        Connection connection = link.current();
        if (isVoid(token, connection)) {
            return () -> new Written(Outcome.EXISTS, null);
        }
        return send(
                request,
                connection,
                (reply, incarnation) -> reply.code() == Code.HD ? new Written(Outcome.STORED, token) : refused(reply));
    }

    @Override
    public void close() {
        keeper.close();
    }

    private static boolean isVoid(CasToken token, @Nullable Connection connection) {
        return connection != null && connection.incarnation() != token.incarnation();
    }

    private NodeCall<Written> store(String key, MetaRequest request, @Nullable Connection connection) {
        int limit = maxValueBytes(key.length());
        if (request.value().length > limit) {
            // memcached would refuse it too, and delete what it has.
            return failed(
                    Kind.TOO_LARGE, request, request.value().length + " bytes are more than its limit of " + limit);
        }
        return send(request, connection, XMemcachedNode::written);
    }

    private static Optional<Copy> copy(MetaReply reply, int incarnation, boolean withValue) {
        if (reply.code() == Code.EN) {
            return Optional.empty();
        }
        if (reply.code() != (withValue ? Code.VA : Code.HD)
                || reply.cas() == MetaReply.ABSENT
                || reply.flags() == MetaReply.ABSENT
                || reply.remainingSeconds() == MetaReply.ABSENT) {
            throw unexpected(reply);
        }
        CasToken token = new CasToken(incarnation, reply.cas());
        return Optional.of(new Copy(token, (int) reply.flags(), reply.remainingSeconds(), reply.value()));
    }

    private static Written written(MetaReply reply, int incarnation) {
        if (reply.code() != Code.HD) {
            return refused(reply);
        }
        if (reply.cas() == MetaReply.ABSENT) {
            throw unexpected(reply);
        }
        return new Written(Outcome.STORED, new CasToken(incarnation, reply.cas()));
    }

    private static Written refused(MetaReply reply) {
        return switch (reply.code()) {
            case EX -> new Written(Outcome.EXISTS, null);
            case NF -> new Written(Outcome.NOT_FOUND, null);
            case NS -> new Written(Outcome.NOT_STORED, null);
            default -> throw unexpected(reply);
        };
    }

    private static MalformedReplyException unexpected(MetaReply reply) {
        return new MalformedReplyException("no complete answer to the operation: " + reply.code());
    }

    private <T> NodeCall<T> send(
            MetaRequest request, @Nullable Connection connection, PendingCall.Interpreter<T> interpreter) {
        if (connection == null) {
            return failed(Kind.UNAVAILABLE, request, "it is down");
        }
        String opaque = Long.toString(lastOpaque.incrementAndGet());
        int maxValueBytes = Math.max(link.limit().itemBytes(), ItemLimit.DEFAULT.itemBytes());
        MetaCommand command = new MetaCommand(request.encode(opaque), new MetaReplyParser(opaque, maxValueBytes));
        PendingCall<T> call = new PendingCall<>(settings, time, link, connection, command, request.name(), interpreter);
        call.send();
        return call;
    }

    private <T> NodeCall<T> failed(Kind kind, MetaRequest request, String why) {
        String message = "memcached node " + settings.id() + ", " + request.name() + ", not sent: " + why;
        return () -> {
            throw new NodeException(kind, settings.id(), message, null);
        };
    }
}
