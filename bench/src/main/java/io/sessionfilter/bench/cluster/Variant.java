package io.sessionfilter.bench.cluster;

import io.sessionfilter.testkit.MemcachedProcess;
import java.util.List;
import java.util.Map;

/** How sessions are kept. */
enum Variant {
    PLAIN("container's own", false, 0),
    STICKY_ONE("sticky, 1 copy", true, 1),
    STICKY_TWO("sticky, 2 copies", true, 2),
    NON_STICKY_ONE("non-sticky, 1 copy", false, 1),
    NON_STICKY_TWO("non-sticky, 2 copies", false, 2);

    private final String title;
    private final boolean sticky;
    private final int copies;

    Variant(String title, boolean sticky, int copies) {
        this.title = title;
        this.sticky = sticky;
        this.copies = copies;
    }

    String title() {
        return title;
    }

    /** Those of the filter; none for the container's own sessions. */
    Map<String, String> settings(List<MemcachedProcess> memcached) {
        if (this == PLAIN) {
            return Map.of();
        }
        return Map.of(
                "memcachedNodes",
                "n1:127.0.0.1:" + memcached.get(0).port() + ",n2:127.0.0.1:"
                        + memcached.get(1).port(),
                "sticky",
                Boolean.toString(sticky),
                "backupCopies",
                Integer.toString(copies - 1),
                "route",
                "jvm1",
                "storageKeyPrefix",
                "static:" + name(),
                "operationTimeout",
                "60s", // a busy machine is no outage
                "allowedClasses",
                "io.sessionfilter.bench.app.*");
    }

    /** The target for the CPU of a request, as a multiple of the container's own, at 2 KB; {@code NaN}: there is none. */
    double limit(Mix mix) {
        return switch (mix) {
            case READ ->
                switch (this) {
                    case STICKY_ONE, STICKY_TWO -> 1.15;
                    case NON_STICKY_ONE -> 1.5;
                    case NON_STICKY_TWO -> 1.9;
                    case PLAIN -> Double.NaN;
                };
            case WRITE ->
                switch (this) {
                    case STICKY_ONE -> 1.6;
                    case STICKY_TWO -> 2.0;
                    case NON_STICKY_TWO -> 2.8;
                    case PLAIN, NON_STICKY_ONE -> Double.NaN;
                };
            case READ_MOSTLY, MUTATE -> Double.NaN;
        };
    }
}
