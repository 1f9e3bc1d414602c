package io.sessionfilter.bench.codecs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;

/** Sessions as web applications have them. */
final class Payloads {
    static final String TINY = "tiny";
    static final String SECURITY = "Spring SecurityContext";
    static final String TYPICAL = "typical";
    static final String LARGE = "large";

    private static final Map<String, Supplier<Map<String, Object>>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put(TINY, Payloads::tiny);
        BY_NAME.put(SECURITY, Payloads::security);
        BY_NAME.put(TYPICAL, Payloads::typical);
        BY_NAME.put(LARGE, Payloads::large);
    }

    private Payloads() {}

    /** Those that are always there, from the smallest on. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** One of {@link #names}, or the user's own. */
    static Payload named(String name) throws BenchUsageException {
        Supplier<Map<String, Object>> supplier = BY_NAME.get(name);
        if (supplier == null && name.equals(OwnPayload.NAME)) {
            return OwnPayload.ofThisProcess().make();
        }
        if (supplier == null) {
            throw new IllegalArgumentException("no such payload: " + name);
        }
        return new Payload(name, supplier.get(), Payloads.class.getClassLoader());
    }

    /** Somebody has logged in, and no more. */
    private static Map<String, Object> tiny() {
        return Map.of("userId", 4_711L, "name", "Alice Liddell", "locale", Locale.UK, "visits", 3, "since", Shop.NOON);
    }

    private static Map<String, Object> security() {
        User user = new User("alice", "", AuthorityUtils.createAuthorityList("ROLE_USER", "ROLE_ADMIN"));
        return Map.of(
                "SPRING_SECURITY_CONTEXT",
                new SecurityContextImpl(
                        UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities())));
    }

    /** A customer of a shop, with a cart. */
    private static Map<String, Object> typical() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("customer", Shop.customer());
        attributes.put("cart", Shop.cart(12));
        attributes.put("lastSearch", Shop.search());
        attributes.put("lastSeen", new ArrayList<>(Shop.products(5)));
        attributes.put("preferences", Shop.preferences());
        attributes.put("messages", new ArrayList<>(List.of("Your address was saved.", "Two items are on sale.")));
        attributes.put("csrf", UUID.nameUUIDFromBytes(new byte[] {1, 2, 3}));
        attributes.put("locale", Locale.UK);
        attributes.put("since", Shop.NOON);
        attributes.put("returnTo", "/shop/cart?step=2");
        return attributes;
    }

    /** Somebody has put a result of five hundred beans into the session. */
    private static Map<String, Object> large() {
        return Map.of(
                "result",
                new ArrayList<>(IntStream.range(0, 500).mapToObj(Shop::product).toList()));
    }
}
