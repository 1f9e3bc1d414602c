package io.sessionfilter.internal.memcached;

/** What a {@link NodeSession} has to tell, mostly on xmemcached's reactor thread: no method may block. */
interface SessionEvents {
    /** A command was answered. */
    void answered(NodeSession session, MetaCommand command);

    /** The peer broke the protocol: no later answer can be trusted. The connection is still to be closed. */
    void misbehaved(NodeSession session, String how);

    /** The connection was closed, by whichever side. */
    void closed(NodeSession session);
}
