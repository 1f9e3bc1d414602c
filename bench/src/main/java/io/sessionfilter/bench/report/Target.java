package io.sessionfilter.bench.report;

/**
 * A figure that is not to exceed a limit.
 *
 * @param what is measured
 * @param measured the figure
 * @param limit the most it may be
 * @param unit of both
 */
public record Target(String what, double measured, double limit, String unit) {
    /** Whether the figure is known and within its limit. */
    public boolean isMet() {
        return measured <= limit;
    }

    /** For people. */
    public String verdict() {
        return isMet() ? "met" : "missed";
    }
}
