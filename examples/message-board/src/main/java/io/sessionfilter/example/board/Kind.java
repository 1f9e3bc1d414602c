package io.sessionfilter.example.board;

/** What a post is. Public because it is in a {@link Draft}, whose properties the pages read. */
public enum Kind {
    /** A reader's message on the board. */
    MESSAGE,
    /** An editor's article in the news. */
    ARTICLE
}
