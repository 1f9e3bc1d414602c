package io.sessionfilter.example.demo.check;

import java.io.PrintStream;
import java.util.Objects;

/** Prints what was checked, a line each; the first thing that is not as it should be ends the check. */
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void chapter(String title) {
        out.println(title);
    }

    void ok(String what) {
        out.println("  ok   " + what);
    }

    void that(boolean holds, String what) {
        if (!holds) {
            throw new CheckFailed(what);
        }
        ok(what);
    }

    <T> void same(T expected, T actual, String what) {
        if (!Objects.equals(expected, actual)) {
            throw new CheckFailed(what + ": expected " + expected + ", but was " + actual);
        }
        ok(what);
    }

    void failed(String what) {
        out.println("  FAIL " + what);
    }
}
