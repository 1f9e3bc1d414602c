package io.sessionfilter.testkit.contract;

/** Something that not every container under test has. */
public enum Feature {
    /** JSP pages. */
    PAGES,
    /** A login of the container's own, with the user {@code anna}, password {@code secret}, who is a {@code member}. */
    LOGIN
}
