package io.sessionfilter.bench.codecs;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Beans as those of a web application: always the same, so that runs can be compared. */
@SuppressWarnings({"UnusedVariable", "unused"}) // serializers read the fields
final class Shop {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final List<String> NAMES =
            List.of("tea cup", "pocket watch", "pack of cards", "croquet mallet", "bottle", "looking-glass");

    private Shop() {}

    /** How an order stands. */
    enum Status {
        OPEN,
        PAID,
        SENT
    }

    /** Where somebody lives. */
    record Address(String street, String city, String postcode, String country) implements Serializable {}

    /** Who buys. */
    static final class Customer implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long id = 4_711;
        private final String name = "Alice Liddell";
        private final String email = "alice@example.org";
        private final LocalDate born = LocalDate.of(1990, 5, 4);
        private final Address address = new Address("1 Folly Bridge", "Oxford", "OX1 4LB", "GB");
        private final Set<Status> notifiedOf = EnumSet.of(Status.PAID, Status.SENT);
        private final Map<String, Boolean> consents = new HashMap<>(Map.of("newsletter", true, "analytics", false));
    }

    /** What is sold. */
    static final class Product implements Serializable {
        private static final long serialVersionUID = 1L;

        private final UUID id;
        private final String name;
        private final BigDecimal price;
        private final int inStock;
        private final boolean onSale;
        private final LocalDate since;
        private final List<String> tags;

        Product(int number) {
            this.id = new UUID(0x1234_5678_9abc_4defL * (number + 1), 0x8fed_cba9_8765_4321L + number);
            this.name = NAMES.get(number % NAMES.size()) + " no. " + number;
            this.price = BigDecimal.valueOf(995 + 37L * number, 2);
            this.inStock = 7 * number % 50;
            this.onSale = number % 5 == 0;
            this.since = LocalDate.of(2020, 1, 1).plusDays(number);
            this.tags = new ArrayList<>(List.of(number % 2 == 0 ? "kitchen" : "garden", "gift"));
        }
    }

    /** A line of a cart. */
    static final class Line implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Product product;
        private final int quantity;
        private final Instant added;

        Line(Product product, int quantity) {
            this.product = product;
            this.quantity = quantity;
            this.added = NOON.plusSeconds(quantity);
        }
    }

    /** What is about to be bought. */
    static final class Cart implements Serializable {
        private static final long serialVersionUID = 1L;

        private final List<Line> lines = new ArrayList<>();
        private final Status status = Status.OPEN;
        private final Customer customer = customer();
        private BigDecimal total = BigDecimal.ZERO;

        void add(Line line) {
            lines.add(line);
            total = total.add(line.product.price.multiply(BigDecimal.valueOf(line.quantity)));
        }
    }

    /** What was looked for. */
    static final class Search implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String text = "cup";
        private final int page = 2;
        private final BigDecimal atMost = new BigDecimal("50.00");
        private final String[] categories = {"kitchen", "garden"};
    }

    static Customer customer() {
        return new Customer();
    }

    static Search search() {
        return new Search();
    }

    static Product product(int number) {
        return new Product(number);
    }

    static List<Product> products(int count) {
        return IntStream.range(0, count).mapToObj(Shop::product).toList();
    }

    static Cart cart(int lines) {
        Cart cart = new Cart();
        IntStream.range(0, lines).forEach(i -> cart.add(new Line(product(100 + i), 1 + i % 3)));
        return cart;
    }

    static Map<String, String> preferences() {
        Map<String, String> preferences = new LinkedHashMap<>();
        preferences.put("theme", "dark");
        preferences.put("currency", "GBP");
        preferences.put("itemsPerPage", "50");
        preferences.put("timeZone", "Europe/London");
        return preferences;
    }
}
