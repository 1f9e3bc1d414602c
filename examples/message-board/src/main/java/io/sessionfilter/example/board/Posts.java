package io.sessionfilter.example.board;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages and articles in the database. */
final class Posts {
    private static final String SELECT = """
            select p.id, p.kind, p.title, p.body, u.display_name as author, p.posted_at
            from board_post p join board_user u on u.id = p.author_id
            """;

    private static final String PAGE = " offset 0 rows fetch next 50 rows only";

    private final Database database;

    Posts(Database database) {
        this.database = database;
    }

    /** The database keeps times without a zone: UTC, whatever the zone of the app node. */
    static LocalDateTime stored(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Returns what everybody may read, newest first, at most 50. */
    List<Post> published(Kind kind) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        SELECT + "where p.status = ? and p.kind = ? order by p.posted_at desc, p.id desc" + PAGE)) {
            query.setString(1, Status.PUBLISHED.name());
            query.setString(2, kind.name());
            return list(query);
        }
    }

    /** Returns what waits for an editor's decision, oldest first, at most 50. */
    List<Post> waiting() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query =
                        connection.prepareStatement(SELECT + "where p.status = ? order by p.posted_at, p.id" + PAGE)) {
            query.setString(1, Status.WAITING.name());
            return list(query);
        }
    }

    /** Returns a post that everybody may read. */
    Optional<Post> findPublished(long id) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(SELECT + "where p.status = ? and p.id = ?")) {
            query.setString(1, Status.PUBLISHED.name());
            query.setLong(2, id);
            return list(query).stream().findFirst();
        }
    }

    /** Adds a draft to what waits. */
    void add(Draft draft, User author, Instant now) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into board_post (kind, status, title, body, author_id, posted_at)"
                                + " values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, draft.getKind().name());
            insert.setString(2, Status.WAITING.name());
            insert.setString(3, draft.getTitle());
            insert.setString(4, draft.getBody());
            insert.setLong(5, author.id());
            insert.setObject(6, stored(now));
            insert.executeUpdate();
        }
    }

    /** Publishes or rejects what waits. Returns false if it does not wait any more: another editor was faster. */
    boolean decide(long id, Status decision, User editor, Instant now) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement update = connection.prepareStatement("update board_post set status = ?,"
                        + " decided_by = ?, decided_at = ? where id = ? and status = ?")) {
            update.setString(1, decision.name());
            update.setLong(2, editor.id());
            update.setObject(3, stored(now));
            update.setLong(4, id);
            update.setString(5, Status.WAITING.name());
            return update.executeUpdate() == 1;
        }
    }

    private static List<Post> list(PreparedStatement query) throws SQLException {
        List<Post> posts = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                posts.add(new Post(
                        rows.getLong("id"),
                        Kind.valueOf(rows.getString("kind")),
                        rows.getString("title"),
                        rows.getString("body"),
                        rows.getString("author"),
                        rows.getObject("posted_at", LocalDateTime.class).toInstant(ZoneOffset.UTC)));
            }
        }
        return posts;
    }
}
