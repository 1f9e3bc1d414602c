package io.sessionfilter.testkit.contract;

import java.util.Locale;

/** What became of a test. The later one counts where one test or assertion has several. */
enum Outcome {
    NOT_APPLICABLE,
    PASSED,
    /** Failed as the list of differences says that it must. */
    DIFFERS,
    FAILED;

    static Outcome worse(Outcome one, Outcome other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
