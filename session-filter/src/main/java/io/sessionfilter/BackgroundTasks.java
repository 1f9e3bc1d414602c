package io.sessionfilter;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's own threads, for tasks that may block for some operation timeouts, or call the application: daemons, named after the filter.
 * Whatever a task throws is logged here, once for all; a periodic one goes on.
 */
final class BackgroundTasks extends ScheduledThreadPoolExecutor {
    /**
     * A periodic task is on one thread at a time, and two kinds may take long: the reaper, which calls the application's listeners, and copying
     * sessions again after an outage. So one thread is left for those that promises to all sessions depend on, though a listener hang.
     */
    static final int THREADS = 3;

    private static final Logger log = LoggerFactory.getLogger(BackgroundTasks.class);

    /**
     * @param filterName after which the threads are named
     * @param loader of the web application: tasks call its listeners, and decode for them
     */
    BackgroundTasks(String filterName, ClassLoader loader) {
        super(THREADS, task -> {
            Thread thread = new Thread(task, "session-filter-" + filterName);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(logging(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(logging(task), initialDelay, delay, unit);
    }

    private Runnable logging(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                if (isShutdown()) {
                    log.debug("a background task was interrupted by the end of the filter", e);
                } else {
                    log.error("a background task has failed; if it is a periodic one it is tried again", e);
                }
            }
        };
    }
}
