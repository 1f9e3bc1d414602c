package io.sessionfilter.bench.cluster;

import io.sessionfilter.bench.Progress;
import io.sessionfilter.bench.cluster.Plan.Scenario;
import io.sessionfilter.bench.measure.Environment;
import io.sessionfilter.bench.report.Report;
import io.sessionfilter.testkit.MemcachedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * App nodes under load by HTTP, with sessions of the container and with ours. Each variant has an app node of its own; they are loaded one
 * after the other, in rounds, so that whatever else the machine does disturbs all of them.
 */
public final class ClusterBenchmark {
    private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Of one processor. */
    private static final double COMPILER_AT_REST = 0.05;

    private final Plan plan;
    private final Progress progress;
    private final Path directory;
    private final List<String> notes = new ArrayList<>();

    private ClusterBenchmark(Plan plan, Progress progress, Path directory) {
        this.plan = plan;
        this.progress = progress;
        this.directory = directory;
    }

    /**
     * Measures.
     *
     * @param quick in a few minutes
     * @param progress is told what is done
     * @param directory for files of the app nodes
     * @return what was found
     */
    public static Report run(boolean quick, Progress progress, Path directory)
            throws IOException, InterruptedException {
        Plan plan = quick ? Plan.quick() : Plan.full();
        Map<String, String> environment = Environment.now(quick ? "quick" : "full");
        ClusterBenchmark benchmark = new ClusterBenchmark(plan, progress, directory);
        Map<Scenario, Map<Mix, Findings>> found = benchmark.measure();
        return new ClusterReport(plan, environment, benchmark.notes).of(found);
    }

    private Map<Scenario, Map<Mix, Findings>> measure() throws IOException, InterruptedException {
        Map<Scenario, Map<Mix, Findings>> found = new LinkedHashMap<>();
        for (Container container : Container.values()) {
            List<Scenario> here = plan.scenarios().stream()
                    .filter(scenario -> scenario.container() == container)
                    .toList();
            List<MemcachedProcess> memcached = List.of(MemcachedProcess.start(), MemcachedProcess.start());
            Map<Variant, AppNode> appNodes = new EnumMap<>(Variant.class);
            try {
                progress.step("starting app nodes on " + container.title());
                start(container, memcached, appNodes);
                Duration warmUp = plan.firstWarmUp();
                for (Scenario scenario : here) {
                    found.put(scenario, measure(scenario, warmUp, memcached, appNodes));
                    warmUp = plan.warmUp();
                }
            } finally {
                appNodes.values().forEach(AppNode::close);
                memcached.forEach(MemcachedProcess::close);
            }
        }
        return found;
    }

    private void start(Container container, List<MemcachedProcess> memcached, Map<Variant, AppNode> appNodes)
            throws IOException {
        for (Variant variant : Variant.values()) {
            Path own = directory.resolve(container.name() + "-" + variant.name());
            appNodes.put(variant, AppNode.start(container, variant.settings(memcached), own.toAbsolutePath()));
        }
        for (AppNode appNode : appNodes.values()) {
            appNode.awaitReady();
        }
    }

    private Map<Mix, Findings> measure(
            Scenario scenario, Duration warmUp, List<MemcachedProcess> memcached, Map<Variant, AppNode> appNodes)
            throws IOException, InterruptedException {
        Map<Variant, Load> loads = new EnumMap<>(Variant.class);
        Map<Mix, Findings> found = new EnumMap<>(Mix.class);
        try {
            for (Map.Entry<Variant, AppNode> entry : appNodes.entrySet()) {
                loads.put(entry.getKey(), new Load(entry.getValue(), memcached, scenario.sessionBytes()));
            }
            warmUp(scenario, warmUp, loads);
            for (Mix mix : scenario.mixes()) {
                found.put(mix, measure(scenario, mix, loads));
            }
        } finally {
            for (Load load : loads.values()) {
                load.close();
            }
        }
        return found;
    }

    /** Until none has anything left to compile: what is measured before is the compiler. All of them as long, or the last has an advantage. */
    private void warmUp(Scenario scenario, Duration most, Map<Variant, Load> loads)
            throws IOException, InterruptedException {
        progress.step(scenario.title() + ": warming up");
        long start = System.nanoTime();
        Set<Variant> busy = EnumSet.copyOf(loads.keySet());
        while (!busy.isEmpty() && System.nanoTime() - start < most.toNanos()) {
            for (Map.Entry<Variant, Load> load : loads.entrySet()) {
                double share = 0;
                for (Mix mix : scenario.mixes()) {
                    share += load.getValue().warmUp(mix, WARM_UP_NANOS)
                            / scenario.mixes().size();
                }
                if (share < COMPILER_AT_REST) {
                    busy.remove(load.getKey());
                }
            }
        }
        if (!busy.isEmpty()) {
            String restless = scenario.title() + ": after "
                    + most.toSeconds() + " s of warming up, the compiler was still at work on: "
                    + busy.stream().map(Variant::title).collect(Collectors.joining("; "));
            progress.step(restless);
            notes.add(restless + ". Their CPU is more than it would be in the long run.");
        }
    }

    private Findings measure(Scenario scenario, Mix mix, Map<Variant, Load> loads)
            throws IOException, InterruptedException {
        Findings findings = new Findings();
        List<Variant> order = new ArrayList<>(loads.keySet());
        for (int round = 1; round <= plan.rounds(); round++) {
            progress.step(scenario.title() + ", " + mix.title() + ": round " + round + " of " + plan.rounds());
            Collections.rotate(order, 1); // nobody is always the first, or always behind the same one
            for (Variant variant : order) {
                Load load = loads.get(variant);
                if (load != null) {
                    findings.add(variant, load.run(mix, plan.roundTime().toNanos()));
                }
            }
        }
        return findings;
    }
}
