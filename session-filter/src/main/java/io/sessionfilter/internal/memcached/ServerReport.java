package io.sessionfilter.internal.memcached;

import java.net.InetSocketAddress;
import java.util.OptionalLong;

/**
 * What a memcached node told a probe.
 *
 * @param address where it was reached
 * @param version its version; {@link ServerVersion#UNKNOWN} unless asked thoroughly
 * @param limit how large an item may be; the default unless asked thoroughly
 * @param process which process answered
 * @param evictions how many live items it has thrown away for want of memory since it started; empty if not told
 */
record ServerReport(
        InetSocketAddress address,
        ServerVersion version,
        ItemLimit limit,
        ServerProcess process,
        OptionalLong evictions) {}
