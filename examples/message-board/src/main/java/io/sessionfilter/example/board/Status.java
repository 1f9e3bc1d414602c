package io.sessionfilter.example.board;

/** Where a post is on its way to the public. */
enum Status {
    /** Posted; no editor has decided yet. */
    WAITING,
    /** Everybody sees it. */
    PUBLISHED,
    /** Nobody but the database sees it. */
    REJECTED
}
