package io.sessionfilter.internal.config;

import java.util.ArrayList;
import java.util.List;

/**
 * One entry of a list of classes: {@code com.acme.Cart} is this class and no other, {@code com.acme.*} every class
 * of this package, {@code com.acme.**} every class of this package and of those below it. Classes nested in a class
 * belong to its package.
 *
 * @param scope how much of what the name names
 * @param name of a class, as {@link Class#getName()} gives it, or of a package
 */
public record ClassPattern(Scope scope, String name) {
    /** How much a pattern takes in. */
    public enum Scope {
        /** The class of this name. */
        CLASS(""),
        /** The classes of the package of this name. */
        PACKAGE(".*"),
        /** The classes of the package of this name, and of all packages below it. */
        SUBTREE(".**");

        private final String suffix;

        Scope(String suffix) {
            this.suffix = suffix;
        }
    }

    /** The pattern as it is written in a setting. */
    @Override
    public String toString() {
        return name + scope.suffix;
    }

    /** Reads a list separated by commas or white space or both; all wrong entries are reported. */
    static List<ClassPattern> parseList(String text) throws InvalidValueException {
        List<ClassPattern> patterns = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String entry : Lists.split(text)) {
            try {
                patterns.add(parse(entry));
            } catch (InvalidValueException e) {
                problems.addAll(e.problems());
            }
        }
        if (patterns.isEmpty() && problems.isEmpty()) {
            problems.add("names no class; leave it out instead");
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException(problems);
        }
        return List.copyOf(patterns);
    }

    private static ClassPattern parse(String entry) throws InvalidValueException {
        if (entry.equals("*") || entry.equals("**")) {
            throw new InvalidValueException(
                    Quoted.text(entry) + " takes in every class there is; name the packages that are needed");
        }
        if (entry.endsWith("[]") || entry.startsWith("[")) {
            throw new InvalidValueException(Quoted.text(entry) + " is an array; name the class of its elements");
        }
        Scope scope = entry.endsWith(Scope.SUBTREE.suffix)
                ? Scope.SUBTREE
                : entry.endsWith(Scope.PACKAGE.suffix) ? Scope.PACKAGE : Scope.CLASS;
        String name = entry.substring(0, entry.length() - scope.suffix.length());
        if (!isName(name)) {
            String hint = entry.indexOf('\\') < 0 ? "" : "; a regular expression is not understood here";
            throw new InvalidValueException(Quoted.text(entry)
                    + " is neither a class such as com.acme.Cart or com.acme.Cart$Item, nor a package"
                    + " such as com.acme.* or"
                    + " com.acme.**" + hint);
        }
        return new ClassPattern(scope, name);
    }

    private static boolean isName(String name) {
        for (String part : name.split("\\.", -1)) {
            boolean isIdentifier = !part.isEmpty()
                    && Character.isJavaIdentifierStart(part.codePointAt(0))
                    && part.codePoints()
                            .allMatch(c -> Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
            if (!isIdentifier) {
                return false;
            }
        }
        return true;
    }
}
