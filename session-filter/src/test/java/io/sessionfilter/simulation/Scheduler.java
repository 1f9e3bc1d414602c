package io.sessionfilter.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Virtual time, and the baton: of all threads of a simulated world exactly one runs, and it passes the baton on at every node call, timer and
 * wait. Which one goes on, and what happens in between, is a queue of events in virtual time whose ties are broken by the seed, so that a
 * run is repeated exactly by its seed.
 *
 * <p>Whoever gives the baton away finds out himself who is next, and runs what needs no thread on the way: threads are switched only if
 * another one is to go on.
 */
final class Scheduler {
    private static final long MAX_STEPS = 2_000_000;

    /** What happens at a moment: a thread goes on, or something that needs no thread. */
    private record Event(long time, int tie, long number, Fiber thread, long wakeUp, Runnable action)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int order = Long.compare(time, other.time);
            if (order == 0) {
                order = Integer.compare(tie, other.tie);
            }
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    /** A simulated thread. */
    static final class Fiber {
        private final Mortal owner;
        private volatile Thread carrier;
        private volatile boolean hasBaton;
        private boolean ended;
        private long wakeUps;

        /** The request that runs on it, for those who look at what it sends; {@code null}: none. */
        Exchange exchange;

        /** When the task that runs on it began, for what runs in the background. */
        long began;

        /** Under which keys that task has sent something. */
        final Set<String> keys = new HashSet<>();

        Fiber(Mortal owner) {
            this.owner = owner;
        }

        private void awaitBaton() {
            while (!hasBaton) {
                LockSupport.park(this);
            }
            hasBaton = false;
        }

        private void giveBaton() {
            hasBaton = true;
            Thread thread = carrier;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }

        private void checkAlive() {
            if (!owner.isAlive()) {
                throw new AppNodeDied();
            }
        }
    }

    /** What threads belong to: they end with it. */
    @FunctionalInterface
    interface Mortal {
        boolean isAlive();
    }

    private final SplittableRandom random;
    private final Crew crew;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long numbers;
    private long steps;
    private final List<Fiber> threads = new ArrayList<>();
    private Fiber current;
    private Throwable failure;
    private boolean over;

    /**
     * Makes the calling thread the first one, which has the baton.
     *
     * @param crew where threads come from
     */
    Scheduler(long seed, Crew crew) {
        this.random = new SplittableRandom(seed);
        this.crew = crew;
        current = new Fiber(() -> true);
        current.carrier = Thread.currentThread();
    }

    /** Nanoseconds since the beginning of the world. */
    long now() {
        return now;
    }

    long steps() {
        return steps;
    }

    SplittableRandom random() {
        return random;
    }

    Fiber current() {
        return current;
    }

    /** Has something done later that waits for nothing. */
    void at(long time, Runnable action) {
        events.add(new Event(Math.max(time, now), random.nextInt(), ++numbers, null, 0, action));
    }

    /** Starts a thread, which begins a moment later. */
    Fiber start(Mortal owner, Runnable work) {
        Fiber thread = new Fiber(() -> !over && owner.isAlive());
        threads.add(thread);
        crew.run(() -> live(thread, work), () -> passOn(next()));
        wake(thread);
        return thread;
    }

    private void live(Fiber thread, Runnable work) {
        thread.carrier = Thread.currentThread();
        thread.awaitBaton();
        try {
            thread.checkAlive();
            work.run();
        } catch (AppNodeDied e) {
            // Its app node is gone, and it with it: all that there is to do.
        } catch (Throwable e) {
            failed(e);
        }
        thread.ended = true;
    }

    /** Ends all threads but the one that calls. */
    void end() {
        over = true;
        threads.forEach(this::wake);
        while (!threads.stream().allMatch(thread -> thread.ended)) {
            sleep(1);
        }
    }

    /** Something has gone wrong that nobody expects: the run fails with it. */
    void failed(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        }
    }

    Throwable failure() {
        return failure;
    }

    /** The running thread lets others go first, mostly for no time at all, now and then for long: somebody has collected garbage. */
    void pause() {
        current.checkAlive();
        int chance = random.nextInt(100);
        if (chance < 55) {
            return;
        }
        if (chance < 90) {
            sleep(random.nextLong(50_000));
        } else if (chance < 99) {
            sleep(random.nextLong(2_000_000));
        } else {
            sleep(random.nextLong(400_000_000));
        }
    }

    /** The running thread sleeps. */
    void sleep(long nanos) {
        waitUntil(now + nanos);
    }

    /** The running thread waits until a moment, or until it is woken before. */
    void waitUntil(long time) {
        Fiber me = current;
        me.checkAlive();
        wakeAt(me, time);
        Fiber next = next();
        if (next != me) {
            passOn(next);
            me.awaitBaton();
        }
        me.checkAlive();
    }

    private void passOn(Fiber next) {
        next.giveBaton();
    }

    /** Ends a thread's wait. */
    void wake(Fiber thread) {
        thread.wakeUps++;
        wakeAt(thread, now);
    }

    private void wakeAt(Fiber thread, long time) {
        events.add(new Event(Math.max(time, now), random.nextInt(), ++numbers, thread, thread.wakeUps, null));
    }

    /** Lets happen what needs no thread, until a thread is to go on. */
    private Fiber next() {
        while (true) {
            Event event = events.poll();
            now = Math.max(now, event.time());
            if (++steps > MAX_STEPS) {
                throw new IllegalStateException("the simulated world does not come to an end");
            }
            Fiber thread = event.thread();
            if (thread == null) {
                act(event.action());
            } else if (!thread.ended && thread.wakeUps == event.wakeUp()) {
                thread.wakeUps++;
                current = thread;
                return thread;
            }
        }
    }

    private void act(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }
}
