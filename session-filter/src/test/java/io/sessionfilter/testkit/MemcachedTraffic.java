package io.sessionfilter.testkit;

/**
 * What a memcached has been asked and has answered, by its own counters: since it started, or between two looks.
 *
 * <p>Meta commands are counted as what they do: {@code mg} as a get, {@code mg} with a new time to live as a touch and nothing else, {@code ms} as
 * a set, {@code mn} not at all. With one worker thread ({@code -t 1}) all that a client has been answered is in the counters; with more of them,
 * the bytes of the last answers may come a moment later.
 *
 * @param gets reads that renewed nothing
 * @param touches renewals, alone or with a read
 * @param sets whatever stores, successful or not
 * @param bytesRead by memcached
 * @param bytesWritten by memcached
 */
public record MemcachedTraffic(long gets, long touches, long sets, long bytesRead, long bytesWritten) {
    /** No command, no byte. */
    public static final MemcachedTraffic NONE = new MemcachedTraffic(0, 0, 0, 0, 0);

    /**
     * What came after an earlier look.
     *
     * @param earlier at the same process
     * @return the difference
     */
    public MemcachedTraffic since(MemcachedTraffic earlier) {
        return new MemcachedTraffic(
                gets - earlier.gets,
                touches - earlier.touches,
                sets - earlier.sets,
                bytesRead - earlier.bytesRead,
                bytesWritten - earlier.bytesWritten);
    }

    /**
     * Adds that of another process.
     *
     * @param other of the same time
     * @return the sum
     */
    public MemcachedTraffic plus(MemcachedTraffic other) {
        return new MemcachedTraffic(
                gets + other.gets,
                touches + other.touches,
                sets + other.sets,
                bytesRead + other.bytesRead,
                bytesWritten + other.bytesWritten);
    }

    /**
     * All commands.
     *
     * @return how many
     */
    public long commands() {
        return gets + touches + sets;
    }
}
