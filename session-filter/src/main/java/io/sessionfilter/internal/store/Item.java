package io.sessionfilter.internal.store;

/**
 * What is written to a memcached node.
 *
 * @param value the record's bytes
 * @param stamp the client flags, 0 to 2^31-1
 * @param ttlSeconds relative time to live in seconds, however long; 0: never expires. The node converts what memcached would read as
 *     an absolute time.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are large and not copied
public record Item(byte[] value, int stamp, long ttlSeconds) {}
