package io.sessionfilter.contract;

import java.util.Map;
import java.util.stream.Collectors;

/** The table of assertions by container, native and ours, as text. */
final class ContractTable {
    private static final String LEGEND = """
            + holds   d differs, as docs/servlet-contract.md says   n not applicable   F FAILED   . no test over HTTP here
            Left the container's own sessions, right ours.
            """;
    private static final int NAME_WIDTH = 60;
    private static final Map<String, String> SIGNS =
            Map.of("passed", "+", "differs", "d", "not applicable", "n", "failed", "F", "", ".");

    private ContractTable() {}

    static String of(Map<Integer, String> assertions, Decisions decisions) {
        StringBuilder table = new StringBuilder("The servlet contract\n").append(LEGEND);
        table.append(row("", "assertion", Decisions.CONTAINERS.stream().map(ContractTable::cell)));
        assertions.forEach((number, name) -> table.append(row(
                number.toString(),
                name,
                Decisions.CONTAINERS.stream()
                        .map(container -> cell(Decisions.SESSIONS.stream()
                                .map(sessions -> SIGNS.get(decisions.summary(number, container, sessions)))
                                .collect(Collectors.joining("  ")))))));
        return table.toString();
    }

    private static String row(String number, String name, java.util.stream.Stream<String> cells) {
        String shown = name.length() > NAME_WIDTH ? name.substring(0, NAME_WIDTH - 3) + "..." : name;
        return ("%3s %-" + NAME_WIDTH + "s %s")
                        .formatted(number, shown, cells.collect(Collectors.joining(" ")))
                        .stripTrailing()
                + "\n";
    }

    private static String cell(String text) {
        return "%-12s".formatted(text);
    }
}
