package io.sessionfilter.internal.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Class names by pattern: {@code com.acme.Cart} is that class and no other, {@code com.acme.*} the classes of the package (nested ones
 * included), {@code com.acme.**} those of its subpackages too. Immutable.
 */
public final class ClassPatterns implements Predicate<String> {
    private static final String PACKAGE = ".*";
    private static final String SUBTREE = ".**";

    private final Set<String> exact = new HashSet<>();
    private final Set<String> packages = new HashSet<>();
    private final Set<String> subtrees = new HashSet<>();

    /**
     * Takes patterns whose syntax has been checked.
     *
     * @param patterns any number
     */
    public ClassPatterns(List<String> patterns) {
        for (String pattern : patterns) {
            if (pattern.endsWith(SUBTREE)) {
                subtrees.add(withoutEnd(pattern, SUBTREE));
            } else if (pattern.endsWith(PACKAGE)) {
                packages.add(withoutEnd(pattern, PACKAGE));
            } else {
                exact.add(pattern);
            }
        }
    }

    /**
     * Whether any pattern is about this class.
     *
     * @param className as {@link Class#getName()} gives it; not of an array
     */
    @Override
    public boolean test(String className) {
        if (exact.contains(className)) {
            return true;
        }
        String enclosing = packageOf(className);
        if (packages.contains(enclosing)) {
            return true;
        }
        while (!enclosing.isEmpty()) {
            if (subtrees.contains(enclosing)) {
                return true;
            }
            enclosing = packageOf(enclosing);
        }
        return false;
    }

    static String packageOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(0, dot);
    }

    private static String withoutEnd(String pattern, String end) {
        return pattern.substring(0, pattern.length() - end.length());
    }
}
