package io.sessionfilter.simulation;

import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The background thread of an app node: one simulated thread, in virtual time. */
final class SimulatedExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final class Job extends FutureTask<Object> implements ScheduledFuture<Object> {
        private final long number = ++numbers;
        private final long delay;
        private final boolean fixedRate;
        private long due;

        Job(Runnable work, long due, long delay, boolean fixedRate) {
            super(work, null);
            this.due = due;
            this.delay = delay;
            this.fixedRate = fixedRate;
        }

        void work() {
            if (delay == 0) {
                run();
            } else if (runAndReset()) {
                due = (fixedRate ? due : scheduler.now()) + delay;
                jobs.add(this);
            }
        }

        @Override
        protected void setException(Throwable thrown) {
            if (thrown instanceof AppNodeDied death) {
                throw death;
            }
            scheduler.failed(thrown);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - scheduler.now(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Job job = (Job) other;
            return due != job.due ? Long.compare(due, job.due) : Long.compare(number, job.number);
        }
    }

    private final Scheduler scheduler;
    private final AbstractQueue<Job> jobs = new PriorityQueue<>();
    private final Scheduler.Fiber thread;
    private boolean waiting;
    private long numbers;

    SimulatedExecutor(Scheduler scheduler, Scheduler.Mortal owner) {
        this.scheduler = scheduler;
        thread = scheduler.start(owner, this::work);
    }

    private void work() {
        while (true) {
            Job first = jobs.peek();
            if (first != null && first.due <= scheduler.now()) {
                jobs.remove();
                thread.began = scheduler.now();
                first.work();
                thread.keys.clear();
            } else {
                waiting = true;
                scheduler.waitUntil(first == null ? Long.MAX_VALUE : first.due);
                waiting = false;
            }
        }
    }

    /** The thread that does it all. */
    Scheduler.Fiber thread() {
        return thread;
    }

    private Job add(Runnable work, long delay, long interval, boolean fixedRate, TimeUnit unit) {
        Job job = new Job(work, scheduler.now() + unit.toNanos(delay), unit.toNanos(interval), fixedRate);
        jobs.add(job);
        if (waiting) {
            waiting = false;
            scheduler.wake(thread);
        }
        return job;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(command, delay, 0, false, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody needs it yet");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return add(command, initialDelay, period, true, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return add(command, initialDelay, delay, false, unit);
    }

    @Override
    public void execute(Runnable command) {
        Job unused = add(command, 0, 0, false, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {
        jobs.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return new ArrayList<>();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
