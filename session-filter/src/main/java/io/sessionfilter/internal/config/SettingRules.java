package io.sessionfilter.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What settings have to do with each other, once each is right by itself. */
final class SettingRules {
    private SettingRules() {}

    /** What is wrong, one sentence each. */
    static List<String> problems(SettingValues values) {
        List<String> problems = new ArrayList<>();
        int nodes = values.get(Settings.MEMCACHED_NODES).size();
        values.find(Settings.BACKUP_COPIES)
                .filter(copies -> copies >= nodes)
                .ifPresent(
                        copies -> problems.add("backupCopies must be less than the number of memcached nodes, which is "
                                + nodes + ", but was " + copies + ": each copy needs a node of its own"));
        values.find(Settings.FAILOVER_NODES).ifPresent(failover -> checkFailover(values, failover, problems));
        checkAsync(values, problems);
        checkCodec(values, problems);
        return problems;
    }

    private static void checkCodec(SettingValues values, List<String> problems) {
        values.find(Settings.TRANSCODER_FACTORY_CLASS)
                .ifPresent(codec -> values.find(Settings.CODEC)
                        .filter(chosen -> !chosen.equals(codec))
                        .ifPresent(chosen ->
                                problems.add("codec=" + chosen + " and transcoderFactoryClass, which stands for codec="
                                        + codec + ", contradict each other; leave out transcoderFactoryClass")));
    }

    /** By the new name or the old one. */
    static String codec(SettingValues values) {
        return values.find(Settings.TRANSCODER_FACTORY_CLASS).orElse(values.get(Settings.CODEC));
    }

    private static void checkAsync(SettingValues values, List<String> problems) {
        if (!values.get(Settings.SESSION_BACKUP_ASYNC)) {
            return;
        }
        if (!values.get(Settings.STICKY)) {
            problems.add(
                    "sessionBackupAsync=true needs sticky=true: else the next request may reach another app node before"
                            + " memcached has the session");
        }
        if (values.get(Settings.STORE_FAILURE_POLICY) == StoreFailurePolicy.REJECT) {
            problems.add(
                    "sessionBackupAsync=true needs storeFailurePolicy=local: a response that has gone out cannot be rejected");
        }
    }

    private static void checkFailover(SettingValues values, Set<String> failover, List<String> problems) {
        Set<String> configured = values.get(Settings.MEMCACHED_NODES).stream()
                .map(MemcachedAddress::nodeId)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unknown = new TreeSet<>(failover);
        unknown.removeAll(configured);
        if (!unknown.isEmpty()) {
            problems.add("failoverNodes must be node ids of memcachedNodes, which are " + String.join(", ", configured)
                    + ", but " + String.join(", ", unknown) + " is not");
        } else if (failover.containsAll(configured)) {
            problems.add("failoverNodes must not be all memcached nodes, but was " + String.join(", ", configured)
                    + ": on the others new sessions start");
        }
    }

    /** One more copy, where there is a node for it. */
    static int backupCopies(SettingValues values) {
        int nodes = values.get(Settings.MEMCACHED_NODES).size();
        return values.find(Settings.BACKUP_COPIES).orElse(Math.min(1, nodes - 1));
    }
}
