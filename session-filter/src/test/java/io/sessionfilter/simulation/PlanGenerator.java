package io.sessionfilter.simulation;

import io.sessionfilter.simulation.Plan.Fault;
import io.sessionfilter.simulation.Plan.FaultKind;
import io.sessionfilter.simulation.Plan.Request;
import io.sessionfilter.simulation.Plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes a plan of a seed. */
final class PlanGenerator {
    static final int CLIENTS = 3;
    private static final int REQUESTS = 30;
    private static final int FAULTS = 2;
    private static final long MILLIS = 1_000_000;
    private static final long RUSH_BEGINS = 400 * MILLIS;
    private static final long RUSH_LASTS = 1200 * MILLIS;
    private static final long RUSH_GAP = 180 * MILLIS;
    private static final long RUSH_LATENCY = 60 * MILLIS;
    private static final int RUSH_PARALLEL_PERCENT = 50;

    private static final List<FaultKind> ALL = List.of(FaultKind.values());
    /** Delays of lesser variants do not let operations time out, for which a single copy has no remedy. */
    private static final int WELL_IN_TIME = 60;

    private static final List<FaultKind> OF_ONE_COPY =
            List.of(FaultKind.DELAY, FaultKind.APP_KILL, FaultKind.CLOCK_SKEW);
    private static final List<FaultKind> MORE_THAN_ONE = List.of(FaultKind.OPPOSITE_CUTS, FaultKind.ALL_DOWN);

    /** One schedule of so many is a rush. */
    private static final int RUSHES = 4;

    private static final List<FaultKind> OF_A_RUSH = List.of(
            FaultKind.CUT,
            FaultKind.CUT,
            FaultKind.CUT,
            FaultKind.EVICTION,
            FaultKind.EVICTION,
            FaultKind.EVICTION,
            FaultKind.EVICTION,
            FaultKind.RESTART_EMPTY,
            FaultKind.FREEZE,
            FaultKind.NO_ANSWER);
    private static final List<Step> STEPS_OF_A_RUSH = List.of(Step.SET_OWN, Step.SET_OWN, Step.SET_SHARED, Step.FLUSH);

    private final SplittableRandom random;
    private final long seed;
    private final int copies;
    private int parallelPercent;

    private PlanGenerator(long seed, int copies) {
        this.random = new SplittableRandom(seed * 31 + 7);
        this.seed = seed;
        this.copies = copies;
    }

    static Plan generate(long seed, int copies) {
        PlanGenerator generator = new PlanGenerator(seed, copies);
        return copies > 1 && seed % RUSHES == 0 ? generator.rush() : generator.generate();
    }

    /**
     * All windows of a browser change one session at once, over a slow network, when something goes wrong: the two copies of most commits have
     * another one between them. Some rules of the store protocol are of consequence only then.
     */
    private Plan rush() {
        int servers = 2 + random.nextInt(2);
        int apps = 2;
        List<Request> requests = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            for (int i = 0; i < REQUESTS / CLIENTS; i++) {
                boolean first = i == 0;
                long gap = first && client > 0 ? RUSH_BEGINS : random.nextLong(RUSH_GAP);
                List<Step> steps = new ArrayList<>();
                for (int j = 1 + random.nextInt(2); j > 0; j--) {
                    Step step = STEPS_OF_A_RUSH.get(random.nextInt(STEPS_OF_A_RUSH.size()));
                    if (!steps.contains(step)) {
                        steps.add(step);
                    }
                }
                int app = random.nextInt(apps);
                boolean parallel = !first && random.nextInt(100) < RUSH_PARALLEL_PERCENT;
                requests.add(new Request(requests.size(), client, gap, parallel, 0, app, true, steps, 0));
            }
        }
        long latency = 1 + random.nextLong(RUSH_LATENCY);
        return new Plan(seed, copies, servers, apps, false, 60, latency, true, requests, faultsOfARush(servers, apps));
    }

    private List<Fault> faultsOfARush(int servers, int apps) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < FAULTS; i++) {
            FaultKind kind = OF_A_RUSH.get(random.nextInt(OF_A_RUSH.size()));
            long begin = RUSH_BEGINS + random.nextLong(RUSH_LASTS);
            long duration = random.nextLong(2 * RUSH_LASTS);
            int app = random.nextInt(apps);
            int server = random.nextInt(servers);
            faults.add(new Fault(kind, begin, i > 0, duration, app, server, random.nextInt(100)));
        }
        return faults;
    }

    private Plan generate() {
        int servers = 2 + random.nextInt(2);
        int apps = random.nextInt(4) == 0 ? 3 : 2;
        boolean sticky = random.nextInt(3) == 0;
        boolean expiring = random.nextInt(6) == 0;
        int timeout = expiring ? 4 + random.nextInt(6) : 60;
        boolean oneBrowser = random.nextBoolean();
        long latency = random.nextInt(3) == 0 ? random.nextLong(30 * MILLIS) : 500_000;
        parallelPercent = 20 + random.nextInt(60);
        List<Request> requests = new ArrayList<>();
        int[] left = new int[CLIENTS];
        for (int i = 0; i < REQUESTS; i++) {
            left[i % CLIENTS]++;
        }
        for (int client = 0; client < CLIENTS; client++) {
            for (int i = 0; i < left[client]; i++) {
                requests.add(request(requests.size(), client, i == 0, apps, expiring));
            }
        }
        return new Plan(
                seed, copies, servers, apps, sticky, timeout, latency + 1, oneBrowser, requests, faults(servers, apps));
    }

    private Request request(int number, int client, boolean first, int apps, boolean expiring) {
        List<Step> steps = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Step step = step();
            if (!steps.contains(step)) { // each change once in a request: what comes of it is easier to tell
                steps.add(step);
            }
        }
        long thinking = random.nextInt(4) > 0 ? random.nextLong(30 * MILLIS) : random.nextLong(2500 * MILLIS);
        return new Request(
                number,
                client,
                gap(expiring),
                !first && random.nextInt(100) < parallelPercent,
                random.nextInt(12) == 0 ? 1 + random.nextInt(3) : 0,
                random.nextInt(apps),
                random.nextInt(4) == 0,
                steps,
                thinking);
    }

    private long gap(boolean expiring) {
        int chance = random.nextInt(100);
        if (chance < 30) {
            return 0;
        }
        if (chance < 60) {
            return random.nextLong(20 * MILLIS);
        }
        if (expiring && chance > 80) {
            return random.nextLong(18_000 * MILLIS);
        }
        return random.nextLong(1500 * MILLIS);
    }

    private Step step() {
        int chance = random.nextInt(100);
        if (chance < 18) {
            return Step.READ;
        } else if (chance < 46) {
            return Step.SET_OWN;
        } else if (chance < 56) {
            return Step.SET_SHARED;
        } else if (chance < 74) {
            return Step.APPEND;
        } else if (chance < 80) {
            return Step.REMOVE;
        } else if (chance < 84) {
            return Step.CHANGE_KEY;
        } else if (chance < 88) {
            return Step.INVALIDATE;
        } else if (chance < 91) {
            return Step.SET_TIMEOUT;
        } else if (chance < 94) {
            return Step.FLUSH;
        }
        return Step.THINK;
    }

    private List<Fault> faults(int servers, int apps) {
        boolean afterOthers = random.nextInt(100) < 60;
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < FAULTS; i++) {
            boolean waits = afterOthers && i > 0;
            long begin = waits ? random.nextLong(1500 * MILLIS) : random.nextLong(6000 * MILLIS);
            long duration = random.nextInt(3) == 0 ? random.nextLong(600 * MILLIS) : random.nextLong(5000 * MILLIS);
            faults.add(new Fault(
                    kind(),
                    begin,
                    waits,
                    duration,
                    random.nextInt(apps),
                    random.nextInt(servers),
                    random.nextInt(copies == 1 ? WELL_IN_TIME : 100)));
        }
        return faults;
    }

    private FaultKind kind() {
        if (copies == 1) {
            return OF_ONE_COPY.get(random.nextInt(OF_ONE_COPY.size()));
        }
        while (true) {
            FaultKind kind = ALL.get(random.nextInt(ALL.size()));
            if (!MORE_THAN_ONE.contains(kind) || random.nextInt(3) == 0) {
                return kind;
            }
        }
    }
}
