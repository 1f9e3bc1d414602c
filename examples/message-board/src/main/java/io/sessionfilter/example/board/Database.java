package io.sessionfilter.example.board;

import jakarta.servlet.ServletContext;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The way to the relational database: a new connection for each use, which is plenty for a demonstration; a busier site has a pool
 * here. The settings are in {@code web.xml}, as context-params, and may be overridden as it says there.
 */
final class Database {
    private final Driver driver;
    private final String url;
    private final Properties account = new Properties();

    Database(String driverClass, String url, String user, String password) {
        // By its own instance, not by DriverManager, which does not see the drivers of a web application's own jars.
        this.driver = newDriver(driverClass);
        this.url = url;
        account.setProperty("user", user);
        account.setProperty("password", password);
    }

    static Database of(ServletContext context) {
        return new Database(
                setting(context, "board.db.driver"),
                setting(context, "board.db.url"),
                setting(context, "board.db.user"),
                setting(context, "board.db.password"));
    }

    /** Returns a setting of the application: system property, else environment, else context-param, else empty. */
    static String setting(ServletContext context, String name) {
        String property = System.getProperty(name);
        if (property != null) {
            return property;
        }
        String variable = System.getenv(name.replace('.', '_').toUpperCase(Locale.ROOT));
        return variable != null ? variable : orEmpty(context.getInitParameter(name));
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static Driver newDriver(String driverClass) {
        try {
            return Class.forName(driverClass)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalStateException("board.db.driver must name a JDBC driver, but was " + driverClass, e);
        }
    }

    /** Opens a connection; the caller closes it. Commits each statement unless told otherwise. */
    Connection connect() throws SQLException {
        Connection connection = driver.connect(url, account);
        if (connection == null) {
            throw new SQLException("board.db.driver does not know board.db.url, which was " + url);
        }
        return connection;
    }
}
