package io.sessionfilter.testkit.contract;

/** Whose sessions the application sees. */
enum Provider {
    /** The container's own, with no filter declared. One app node: they are not shared. */
    NATIVE,
    /** Those of session-filter, declared in {@code web.xml}. */
    OURS,
    /** Nobody's: every session forgets all at once. Shows which tests would notice. */
    NONE;

    /** Chooses {@link #NONE} for the runs that have our sessions otherwise, when it is {@code none}. */
    static final String PROPERTY = "contract.sessions";

    /** Whose sessions the runs of ours have. */
    static Provider oursUnlessToldOtherwise() {
        String chosen = System.getProperty(PROPERTY, "ours");
        return switch (chosen) {
            case "ours" -> OURS;
            case "none" -> NONE;
            default ->
                throw new IllegalArgumentException(
                        PROPERTY + " may be \"ours\" or \"none\", but was \"" + chosen + "\"");
        };
    }
}
