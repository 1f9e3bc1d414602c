package io.sessionfilter.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/servlet-contract.md}: the numbered assertions, and tables between marks such as {@code <!-- differences:begin -->}. */
final class ContractDocument {
    private static final Pattern ASSERTION = Pattern.compile("^(\\d+)\\. +\\*\\*(.+?)\\*\\*.*");

    private final List<String> lines;

    ContractDocument(Path file) throws IOException {
        lines = Files.readAllLines(file);
    }

    /** The short names of the assertions by their number. */
    Map<Integer, String> assertions() {
        Map<Integer, String> found = new TreeMap<>();
        for (String line : lines) {
            Matcher matcher = ASSERTION.matcher(line);
            if (matcher.matches() && found.put(Integer.valueOf(matcher.group(1)), matcher.group(2)) != null) {
                throw new IllegalStateException("assertion " + matcher.group(1) + " stands there twice");
            }
        }
        return found;
    }

    /** The rows of a table, without its head. */
    List<List<String>> table(String name) {
        int begin = lines.indexOf("<!-- " + name + ":begin -->");
        int end = lines.indexOf("<!-- " + name + ":end -->");
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("no table between the marks " + name + ":begin and " + name + ":end");
        }
        return lines.subList(begin + 1, end).stream()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(ContractDocument::cells)
                .toList();
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                .map(String::trim)
                .toList();
    }

    /** The places, as {@code 24 jetty-12.0}, that the rows of a table are about: their first cell and their second. */
    Set<String> places(String table) {
        Set<String> places = new TreeSet<>();
        for (List<String> row : table(table)) {
            for (String number : row.get(0).split(",", -1)) {
                for (String container : containers(row.get(1))) {
                    if (!places.add(Decisions.place(Integer.parseInt(number.trim()), container))) {
                        throw new IllegalStateException(number + " on " + container + " stands in " + table + " twice");
                    }
                }
            }
        }
        return places;
    }

    /** A brand stands for all its versions. */
    private static List<String> containers(String names) {
        List<String> found = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            List<String> named = Decisions.CONTAINERS.stream()
                    .filter(container -> (container + "-").startsWith(name.trim() + "-"))
                    .toList();
            if (named.isEmpty()) {
                throw new IllegalStateException("no such container: " + name);
            }
            found.addAll(named);
        }
        return found;
    }

    /** The numbers in the first cells of a table. */
    Set<Integer> numbers(String table) {
        Set<Integer> numbers = new TreeSet<>();
        for (List<String> row : table(table)) {
            for (String number : row.get(0).split(",", -1)) {
                numbers.add(Integer.valueOf(number.trim()));
            }
        }
        return numbers;
    }
}
