package io.sessionfilter.example.board;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * The tables, and what a fresh database is filled with. Several app nodes may do this at the same time: each step either is done by
 * one of them, or is found done.
 *
 * <p>The SQL is what both SQL Server and H2's {@code MODE=MSSQLServer} understand. SQL Server has no {@code create table if not exists};
 * so a failed creation counts as success when the table is there afterwards.
 */
final class Schema {
    private static final String SEED_NAME = "demo";

    /** The class of SQL states, since not every driver throws the exception class made for it. */
    private static final String CONSTRAINT_VIOLATION = "23";

    private Schema() {}

    static void create(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            createTable(connection, "board_user", """
                    create table board_user (
                        id bigint identity(1,1) primary key,
                        name varchar(40) not null unique,
                        display_name nvarchar(80) not null,
                        role varchar(20) not null,
                        password_hash varchar(200) not null
                    )""");
            createTable(connection, "board_post", """
                    create table board_post (
                        id bigint identity(1,1) primary key,
                        kind varchar(20) not null,
                        status varchar(20) not null,
                        title nvarchar(120) not null,
                        body nvarchar(4000) not null,
                        author_id bigint not null references board_user(id),
                        posted_at datetime2 not null,
                        decided_by bigint references board_user(id),
                        decided_at datetime2
                    )""");
            createTable(connection, "board_seed", "create table board_seed (name varchar(40) primary key)");
        }
    }

    private static void createTable(Connection connection, String table, String sql) throws SQLException {
        if (exists(connection, table)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            if (!exists(connection, table)) {
                throw e;
            }
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        for (String name : new String[] {table, table.toUpperCase(Locale.ROOT)}) {
            try (ResultSet tables =
                    connection.getMetaData().getTables(null, null, name, new String[] {"TABLE", "BASE TABLE"})) {
                if (tables.next()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Fills a database that was never filled: all of it, or nothing because it is there already. */
    static void seed(Database database) throws SQLException {
        if (isSeeded(database)) {
            return;
        }
        Seed seed = Seed.prepare();
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try {
                if (claimSeed(connection)) {
                    seed.insert(connection);
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static boolean isSeeded(Database database) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement("select name from board_seed where name = ?")) {
            query.setString(1, SEED_NAME);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Returns whether this app node is the one that fills the database; waits for another one that is about to. */
    private static boolean claimSeed(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into board_seed (name) values (?)")) {
            insert.setString(1, SEED_NAME);
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(CONSTRAINT_VIOLATION)) {
                return false;
            }
            throw e;
        }
    }
}
