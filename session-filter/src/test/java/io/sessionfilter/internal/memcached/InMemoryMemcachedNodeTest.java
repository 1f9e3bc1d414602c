package io.sessionfilter.internal.memcached;

import io.sessionfilter.testkit.InMemoryMemcached;

class InMemoryMemcachedNodeTest extends MemcachedNodeContract {
    private final InMemoryMemcached memcached = InMemoryMemcached.start();

    @Override
    int port() {
        return memcached.port();
    }

    @Override
    void stopServer() {
        memcached.close();
    }
}
