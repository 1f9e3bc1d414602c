package io.sessionfilter.internal.time;

import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Runs nothing by itself: what was scheduled runs when the test says so, in its own thread. */
public final class ManualExecutor extends ScheduledThreadPoolExecutor {
    public ManualExecutor() {
        super(0, task -> null); // no thread: everything stays in the queue
    }

    /** Runs once each task that waits, due or not; periodic ones wait again. */
    public void runAll() {
        for (Runnable task : List.copyOf(getQueue())) {
            getQueue().remove(task);
            task.run();
        }
    }
}
