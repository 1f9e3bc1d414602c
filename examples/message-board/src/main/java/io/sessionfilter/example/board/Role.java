package io.sessionfilter.example.board;

/** What a user may do. */
enum Role {
    /** Writes messages. */
    READER,
    /** Also writes articles, and decides what is published. */
    EDITOR
}
