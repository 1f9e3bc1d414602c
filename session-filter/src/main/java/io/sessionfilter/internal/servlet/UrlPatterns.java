package io.sessionfilter.internal.servlet;

/** The four forms of URL patterns: {@code /shop/*}, {@code *.do}, {@code /} (everything else) and exact paths. */
final class UrlPatterns {
    private static final String ALL_BELOW = "/*";
    private static final String EXTENSION = "*.";

    private UrlPatterns() {}

    /** Whether a pattern is for all requests. */
    static boolean isForAll(String pattern) {
        return pattern.equals(ALL_BELOW);
    }

    /** Whether there may be a path that both patterns match. The pattern {@code /} counts as one for everything. */
    static boolean overlap(String one, String other) {
        if (isTree(one)) {
            return isTree(other)
                    ? contains(one, root(other)) || contains(other, root(one))
                    : other.startsWith(EXTENSION) || contains(one, other);
        }
        if (isTree(other)) {
            return overlap(other, one);
        }
        if (one.startsWith(EXTENSION) && !other.startsWith(EXTENSION)) {
            return other.endsWith(one.substring(1));
        }
        if (other.startsWith(EXTENSION) && !one.startsWith(EXTENSION)) {
            return one.endsWith(other.substring(1));
        }
        return one.equals(other);
    }

    private static boolean isTree(String pattern) {
        return pattern.endsWith(ALL_BELOW) || pattern.equals("/");
    }

    private static String root(String tree) {
        return tree.equals("/") ? "" : tree.substring(0, tree.length() - ALL_BELOW.length());
    }

    private static boolean contains(String tree, String path) {
        String root = root(tree);
        return path.equals(root) || path.startsWith(root + "/") || root.isEmpty();
    }
}
