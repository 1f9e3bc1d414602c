package io.sessionfilter.bench.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** What a request does with its session, mostly one of {@value #ATTRIBUTES} attributes: one half texts, the other {@link Item}s. */
public enum Workload {
    /** Does not ask for it. */
    UNTOUCHED {
        @Override
        int run(HttpServletRequest request) {
            return 0;
        }
    },
    /** Reads one text. */
    READ {
        @Override
        int run(HttpServletRequest request) {
            return ((String) attribute(request, TEXT)).length();
        }
    },
    /** Replaces one text. */
    WRITE {
        @Override
        int run(HttpServletRequest request) {
            int length = ((String) attribute(request, TEXT)).length();
            request.getSession().setAttribute(TEXT, text(length));
            return length;
        }
    },
    /** Reads an item, and leaves it as it is. */
    LOOK {
        @Override
        int run(HttpServletRequest request) {
            return ((Item) attribute(request, ITEM)).length();
        }
    },
    /** Changes an item in place. */
    MUTATE {
        @Override
        int run(HttpServletRequest request) {
            Item item = (Item) attribute(request, ITEM);
            item.change();
            return item.length();
        }
    },
    /** Makes the session, of the size that the parameter {@value #BYTES} says. */
    BEGIN {
        @Override
        int run(HttpServletRequest request) {
            begin(request.getSession(), Integer.parseInt(request.getParameter(BYTES)));
            return 0;
        }
    },
    /** Makes a small session: somebody's name, and when he came. */
    LOG_IN {
        @Override
        int run(HttpServletRequest request) {
            HttpSession session = request.getSession();
            session.setAttribute("user", text(LEAST_TEXT));
            session.setAttribute("since", System.currentTimeMillis());
            return 0;
        }
    };

    /** How many attributes a session has. */
    public static final int ATTRIBUTES = 20;

    /** The parameter of {@link #BEGIN}. */
    public static final String BYTES = "bytes";

    private static final String TEXT = "text7";
    private static final String ITEM = "item7";
    private static final int LEAST_TEXT = 20;

    /**
     * Does it.
     *
     * @param request with the session
     * @return something that depends on what was done
     */
    abstract int run(HttpServletRequest request);

    /** Where the application has it. */
    public String path() {
        return "/" + name();
    }

    private static Object attribute(HttpServletRequest request, String name) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            throw new IllegalStateException("the request has no session");
        }
        return Objects.requireNonNull(session.getAttribute(name), name);
    }

    private static void begin(HttpSession session, int bytes) {
        int each = Math.max(LEAST_TEXT, bytes / ATTRIBUTES);
        for (int i = 0; i < ATTRIBUTES / 2; i++) {
            session.setAttribute("text" + i, text(each));
            session.setAttribute("item" + i, new Item(text(each)));
        }
    }

    /** Another one each time, so that writing it is a change. */
    private static String text(int length) {
        String start = Long.toString(ThreadLocalRandom.current().nextLong(1L << 60), Character.MAX_RADIX);
        return (start + "-" + "x".repeat(length)).substring(0, length);
    }
}
