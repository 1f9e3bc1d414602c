package io.sessionfilter.example.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A small shop with a login, whose sessions live in memcached. All that makes it so is {@link Sessions}. */
@SpringBootApplication
public class ShopApplication {
    /**
     * Starts the shop.
     *
     * @param arguments Spring Boot's, such as {@code --session-filter.memcachedNodes=n1:localhost:11211}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}
