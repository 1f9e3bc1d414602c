package io.sessionfilter.example.board;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The users in the database. */
final class Users {
    /** Compared with when there is no such user, so that the time an answer takes does not tell which names exist. */
    private static final String NOBODY = Passwords.hash("", Passwords.ITERATIONS);

    private final Database database;

    Users(Database database) {
        this.database = database;
    }

    /** Returns the user of that name, if the password is theirs. */
    Optional<User> authenticate(String name, String password) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        "select id, name, display_name, role, password_hash from board_user where name = ?")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                boolean known = rows.next();
                boolean right = Passwords.matches(password, known ? rows.getString("password_hash") : NOBODY);
                return known && right ? Optional.of(user(rows)) : Optional.empty();
            }
        }
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                row.getLong("id"),
                row.getString("name"),
                row.getString("display_name"),
                Role.valueOf(row.getString("role")));
    }
}
