package io.sessionfilter.example.board;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every page needs, as the request attribute {@code page}: texts, the user, the token for forms, the footer.
 *
 * <p>Pages print by {@link #h}, {@link #t} and {@link #time}, which escape; a test sees that they print by nothing else. Public, with
 * getters, for the pages' expressions.
 */
public final class PageView {
    private final HttpServletRequest request;
    private final Optional<Visit> visit;
    private final Language language;
    private final String path;
    private final int moves;
    private final String notice;

    private PageView(HttpServletRequest request) {
        this.request = request;
        this.visit = Visit.find(request);
        this.language = visit.flatMap(Visit::language).orElseGet(() -> Language.preferred(request.getLocales()));
        this.path = request.getRequestURI().substring(request.getContextPath().length());
        this.moves = visit.map(Visit::moves).orElse(0);
        this.notice = "GET".equals(request.getMethod())
                ? visit.flatMap(Visit::takeNotice).orElse("")
                : "";
    }

    static PageView prepare(HttpServletRequest request) {
        PageView view = new PageView(request);
        request.setAttribute("page", view);
        return view;
    }

    /** Returns any value as text that is safe in HTML. */
    public String h(@Nullable Object value) {
        return value == null ? "" : Html.escape(value.toString());
    }

    /** Returns what the pages say for a key, in the reader's language. */
    public String t(String key) {
        return Html.escape(Texts.in(language).get(key));
    }

    /** Returns a time as the reader writes it, in this server's zone. */
    public String time(@Nullable Instant instant) {
        if (instant == null) {
            return "";
        }
        return Html.escape(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(language.locale())
                .format(instant.atZone(ZoneId.systemDefault())));
    }

    public String getLang() {
        return language.tag();
    }

    /** The other language, to switch to. */
    public String getOtherLang() {
        return language == Language.EN ? Language.ZH.tag() : Language.EN.tag();
    }

    /** Where the language switch comes back to. */
    public String getBack() {
        String query = request.getQueryString();
        boolean returnable = "GET".equals(request.getMethod()) && !path.equals("/error");
        String back = returnable ? path + (query == null ? "" : "?" + query) : "/";
        return URLEncoder.encode(back, StandardCharsets.UTF_8);
    }

    /** Where the application is mounted: empty, or with a leading slash. */
    public String getBase() {
        return request.getContextPath();
    }

    public @Nullable User getUser() {
        return visit.flatMap(Visit::user).orElse(null);
    }

    public boolean isDrafting() {
        return visit.flatMap(Visit::draft).isPresent();
    }

    public String getCsrf() {
        // Asked anew: logging in draws another one within the request, and the login page begins a visit.
        return Visit.find(request).map(Visit::csrfToken).orElse("");
    }

    /** The key of what the previous request has to tell, or empty. */
    public String getNotice() {
        return notice;
    }

    public boolean isSessionThere() {
        return visit.isPresent();
    }

    public String getContainer() {
        ServletContext context = request.getServletContext();
        return context.getServerInfo();
    }

    public String getAppNode() {
        return AppNode.route();
    }

    public String getMemcachedNode() {
        return AppNode.memcachedNode(request);
    }

    public int getMoves() {
        return moves;
    }

    /** The accounts to try, only where the demonstration's accounts were seeded. */
    public List<DemoAccount> getDemoAccounts() {
        boolean demo = Boolean.parseBoolean(Database.setting(request.getServletContext(), "board.demo"));
        return demo ? Seed.ACCOUNTS : List.of();
    }
}
