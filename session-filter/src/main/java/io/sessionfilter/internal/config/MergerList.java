package io.sessionfilter.internal.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The setting {@code attributeMergers}: which class merges which attribute. That there are such classes is found out when the filter starts. */
final class MergerList {
    static final String ALLOWED = "a list, separated by commas or white space, of `<attribute>=<class>`, such as"
            + " `cart=com.acme.CartMerger`";

    private MergerList() {}

    /** The class names by the names of their attributes; all wrong entries are reported. */
    static Map<String, String> parse(String text) throws InvalidValueException {
        Map<String, String> mergers = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (String entry : Lists.split(text)) {
            int equals = entry.lastIndexOf('=');
            if (equals < 1) {
                problems.add(Quoted.text(entry) + " must be `<attribute>=<class>`, such as cart=com.acme.CartMerger");
                continue;
            }
            String attribute = entry.substring(0, equals);
            try {
                if (mergers.put(attribute, className(entry.substring(equals + 1))) != null) {
                    problems.add(
                            "names a merger for the attribute " + Quoted.text(attribute) + " twice; leave one out");
                }
            } catch (InvalidValueException e) {
                e.problems().forEach(problem -> problems.add("of " + Quoted.text(entry) + " the class: " + problem));
            }
        }
        if (mergers.isEmpty() && problems.isEmpty()) {
            problems.add("names no merger; leave it out instead");
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException(problems);
        }
        return mergers;
    }

    private static String className(String text) throws InvalidValueException {
        List<ClassPattern> classes = ClassPattern.parseList(text);
        if (classes.get(0).scope() != ClassPattern.Scope.CLASS) {
            throw new InvalidValueException(Quoted.text(text) + " is a package; name the class");
        }
        return classes.get(0).name();
    }
}
