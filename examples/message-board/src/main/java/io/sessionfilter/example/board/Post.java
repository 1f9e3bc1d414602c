package io.sessionfilter.example.board;

import java.time.Instant;

/** A message or an article in the database. Public, with getters, for the pages' expressions. */
public final class Post {
    private final long id;
    private final Kind kind;
    private final String title;
    private final String body;
    private final String author;
    private final Instant postedAt;

    Post(long id, Kind kind, String title, String body, String author, Instant postedAt) {
        this.id = id;
        this.kind = kind;
        this.title = title;
        this.body = body;
        this.author = author;
        this.postedAt = postedAt;
    }

    public long getId() {
        return id;
    }

    public Kind getKind() {
        return kind;
    }

    public String getTitle() {
        return title;
    }

    public String getBody() {
        return body;
    }

    public String getAuthor() {
        return author;
    }

    public Instant getPostedAt() {
        return postedAt;
    }
}
