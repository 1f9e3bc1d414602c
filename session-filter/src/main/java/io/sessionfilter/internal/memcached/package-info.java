/**
 * {@link io.sessionfilter.internal.store.MemcachedNode} over xmemcached with memcached's meta commands: the only
 * package that imports xmemcached. May import {@code store}, {@code time}. Start at {@link
 * io.sessionfilter.internal.memcached.MemcachedNodes}.
 *
 * <p>An operation, from top to bottom: {@code XMemcachedNode} checks and encodes it ({@code MetaRequest}); the {@code
 * Connection} of this moment lets it pass its bulkhead and hands it to xmemcached's reactor thread ({@code
 * NodeSession}, {@code MetaCommand}), which also parses the answer ({@code MetaReplyParser}); {@code PendingCall} waits
 * for that. Whoever finds the connection useless tells {@code NodeLink}, which forgets it, fails what is under way, and
 * wakes {@code NodeKeeper}: it closes, probes ({@code NodeProbe}) and connects ({@code NodeClient}), on one thread per
 * memcached node.
 *
 * <p>Of xmemcached are used: its reactor thread, its buffers and its merging of small writes. Not used, since each
 * breaks a promise of ours: its choice of a connection (a cas token belongs to one), its reconnecting (slower with each
 * attempt, up to a minute), its heartbeat (22 seconds to notice a frozen node), its decoder (waits for ever on an
 * answer that nobody asked for), its timeouts (close a connection on the thread of a request, for up to three seconds).
 *
 * <p>Xmemcached logs a handful of lines at INFO for each node that is connected, under {@code net.rubyeye.xmemcached}
 * and {@code com.google.code.yanf4j}; set these to WARN to see ours alone.
 */
@NullMarked
package io.sessionfilter.internal.memcached;

import org.jspecify.annotations.NullMarked;
