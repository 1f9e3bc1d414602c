package io.sessionfilter.simulation;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;

/** Threads that are used again, since starting one for each of millions of simulated requests would take most of the time. */
final class Crew {
    /** A thread that does one thing after the other, and sleeps in between. */
    private static final class Worker extends Thread {
        private volatile Runnable work;

        Worker(int number) {
            super("simulated-" + number);
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                Runnable next = work;
                if (next == null) {
                    LockSupport.park(this);
                } else {
                    work = null;
                    next.run();
                }
            }
        }
    }

    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private int started;

    /** Has a thread do something; {@code andThen} is what it does last, when others may already be given the thread. */
    void run(Runnable work, Runnable andThen) {
        Worker free = idle.pollFirst();
        Worker worker = free != null ? free : startWorker();
        worker.work = () -> {
            work.run();
            idle.addFirst(worker);
            andThen.run();
        };
        LockSupport.unpark(worker);
    }

    private Worker startWorker() {
        Worker worker = new Worker(++started);
        worker.start();
        return worker;
    }
}
