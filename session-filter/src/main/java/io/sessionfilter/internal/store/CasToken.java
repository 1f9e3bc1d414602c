package io.sessionfilter.internal.store;

/**
 * The right to replace the copy that was read or written with it, on the connection on which that happened.
 *
 * @param incarnation which connection of the node, see {@link NodeHealth#incarnation()}: memcached's tokens restart at 1 when it does
 * @param value memcached's cas value
 */
public record CasToken(int incarnation, long value) {}
