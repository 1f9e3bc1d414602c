package io.sessionfilter.example.demo;

import java.io.IOException;
import java.util.Collection;

/** What a second terminal may order: {@code jvm1 kill} and the like. */
final class Orders {
    /** What the answer to an order that failed begins with. */
    static final String ERROR = "error ";

    private final Cluster cluster;

    Orders(Cluster cluster) {
        this.cluster = cluster;
    }

    String obey(String order) {
        try {
            String[] words = order.split(" ", -1);
            if (words.length == 1 && words[0].equals("status")) {
                return list();
            }
            if (words.length != 2) {
                return ERROR + "an order is a node and what to do with it, but was " + order + "\n";
            }
            Member member = cluster.member(words[0]);
            switch (words[1]) {
                case "kill" -> member.kill();
                case "freeze" -> member.freeze();
                case "thaw" -> member.thaw();
                case "restart" -> member.restart();
                case "status" -> {}
                default -> {
                    return ERROR + "kill, freeze, thaw, restart or status, but was " + words[1] + "\n";
                }
            }
            return line(member);
        } catch (IOException | IllegalArgumentException e) {
            return ERROR + e.getMessage() + "\n";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ERROR + "the demonstration is ending\n";
        }
    }

    String list() {
        Collection<Member> members = cluster.members();
        StringBuilder list = new StringBuilder();
        members.forEach(member -> list.append(line(member)));
        return list.toString();
    }

    private static String line(Member member) {
        return String.format(
                "  %-9s %-18s %-24s %s%n", member.name(), member.what(), member.address(), member.status());
    }
}
