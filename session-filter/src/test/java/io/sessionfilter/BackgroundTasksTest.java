package io.sessionfilter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessionfilter.testkit.Await;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a task of ours may do to the others: nothing. */
class BackgroundTasksTest {
    private final ClassLoader loader = new URLClassLoader(new URL[0]);
    private final BackgroundTasks tasks = new BackgroundTasks("shop", loader);
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(2);

    @AfterEach
    void stop() {
        end.countDown();
        tasks.shutdownNow();
    }

    private void repeat(Runnable task) {
        ScheduledFuture<?> unused = tasks.scheduleWithFixedDelay(task, 0, 1, TimeUnit.MILLISECONDS);
    }

    private void hang() {
        begun.countDown();
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                // a listener of an application that wants nothing but to hang
            }
        }
    }

    @Test
    void aHangingListenerAndALongResyncKeepNothingElseFromRunning() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        repeat(this::hang);
        repeat(this::hang);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        repeat(runs::incrementAndGet);

        Await.until("the third task runs again and again", () -> runs.get() > 2);
    }

    @Test
    void aPeriodicTaskThatThrowsIsLoggedAndRunsAgain() {
        Logger logger = (Logger) LoggerFactory.getLogger(BackgroundTasks.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        AtomicInteger runs = new AtomicInteger();

        repeat(() -> {
            switch (runs.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("broken");
                case 2 -> throw new NoClassDefFoundError("broken");
                default -> {}
            }
        });

        Await.until("it runs a third time", () -> runs.get() > 2);
        logger.detachAppender(logged);
        assertThat(logged.list)
                .extracting(
                        ILoggingEvent::getLevel,
                        event -> event.getThrowableProxy().getMessage())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Level.ERROR, "broken"),
                        org.assertj.core.groups.Tuple.tuple(Level.ERROR, "broken"));
    }

    @Test
    void aTaskThatRunsOnceAndThrowsIsLoggedToo() {
        Logger logger = (Logger) LoggerFactory.getLogger(BackgroundTasks.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);

        Runnable broken = () -> {
            throw new IllegalStateException("broken");
        };
        ScheduledFuture<?> unused = tasks.schedule(broken, 0, TimeUnit.MILLISECONDS);

        Await.until("it is logged", () -> !logged.list.isEmpty());
        logger.detachAppender(logged);
    }

    @Test
    void tasksRunInDaemonsOfTheApplicationThatEndWithIt() throws InterruptedException {
        AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
        repeat(() -> thread.set(Thread.currentThread()));
        Await.until("it has run", () -> thread.get() != null);

        Thread ran = thread.get();
        assertThat(ran.isDaemon()).isTrue();
        assertThat(ran.getName()).isEqualTo("session-filter-shop");
        assertThat(ran.getContextClassLoader()).isSameAs(loader);
        tasks.shutdownNow();
        ran.join(10_000);
        assertThat(ran.isAlive()).isFalse();
    }
}
