package io.sessionfilter.testkit.contract;

/** Something that not every container under test has. */
public enum Feature {
    /** JSP pages. */
    PAGES
}
