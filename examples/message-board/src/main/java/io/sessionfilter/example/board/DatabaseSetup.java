package io.sessionfilter.example.board;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Makes the database ready when the application starts; a second app node that starts meanwhile does no harm. */
@WebListener
public final class DatabaseSetup implements ServletContextListener {
    private static final System.Logger LOG = System.getLogger(DatabaseSetup.class.getName());
    private static final String DATABASE = Database.class.getName();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Database database = Database.of(context);
        try {
            Schema.create(database);
            if (Boolean.parseBoolean(Database.setting(context, "board.demo"))) {
                Schema.seed(database);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be made ready", e);
        }
        context.setAttribute(DATABASE, database);
    }

    /** Drivers register themselves with the JVM, which would keep this application's classes for ever. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        DriverManager.drivers()
                .filter(driver ->
                        driver.getClass().getClassLoader() == getClass().getClassLoader())
                .forEach(DatabaseSetup::deregister);
    }

    private static void deregister(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "the JDBC driver could not be taken away from the JVM", e);
        }
    }

    static Database database(ServletContext context) {
        return (Database) context.getAttribute(DATABASE);
    }
}
