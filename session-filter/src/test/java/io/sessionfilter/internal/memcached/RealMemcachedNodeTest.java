package io.sessionfilter.internal.memcached;

import io.sessionfilter.testkit.MemcachedProcess;

class RealMemcachedNodeTest extends MemcachedNodeContract {
    private final MemcachedProcess memcached = MemcachedProcess.start();

    @Override
    int port() {
        return memcached.port();
    }

    @Override
    void stopServer() {
        memcached.close();
    }
}
