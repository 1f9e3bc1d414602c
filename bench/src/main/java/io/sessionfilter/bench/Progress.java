package io.sessionfilter.bench;

import java.io.PrintStream;
import java.time.Duration;

/** Tells on the terminal what is being done, and since when. */
public final class Progress {
    private final PrintStream terminal;
    private final long start = System.nanoTime();

    /**
     * Begins now.
     *
     * @param terminal to tell it to
     */
    public Progress(PrintStream terminal) {
        this.terminal = terminal;
    }

    /**
     * The next thing begins.
     *
     * @param what for people
     */
    public void step(String what) {
        Duration since = Duration.ofNanos(System.nanoTime() - start);
        terminal.printf("[%d:%02d] %s%n", since.toMinutes(), since.toSecondsPart(), what);
    }
}
