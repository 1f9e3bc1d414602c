package io.sessionfilter.bench.cluster;

import io.sessionfilter.bench.app.Workload;
import java.util.SplittableRandom;

/** Which requests clients send. */
enum Mix {
    READ("read", 1, Workload.READ),
    READ_MOSTLY("90 % read, 10 % write", 0.9, Workload.WRITE),
    WRITE("write", 0, Workload.WRITE),
    MUTATE("mutate", 0, Workload.MUTATE);

    private final String title;
    private final double reads;
    private final Workload others;

    Mix(String title, double reads, Workload others) {
        this.title = title;
        this.reads = reads;
        this.others = others;
    }

    String title() {
        return title;
    }

    Workload next(SplittableRandom random) {
        return random.nextDouble() < reads ? Workload.READ : others;
    }
}
