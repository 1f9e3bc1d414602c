package io.sessionfilter.testkit.contract;

/** Something that not every container under test has. */
public enum Feature {
    /** JSP pages. */
    PAGES,
    /** {@code HttpSession.getAccessor()}, of Servlet 6.1. */
    ACCESSORS,
    /** A login of the container's own, with the user {@code anna}, password {@code secret}, who is a {@code member}. */
    LOGIN,
    /** {@code HttpServletRequest.newPushBuilder()}, with HTTP/2 on the same port. */
    PUSH,
    /** Responses with the status 103, before the one that answers the request. */
    EARLY_HINTS,
    /** What another application of the container writes when it is included is in the response. */
    INCLUDE_ACROSS,
    /** Annotated classes are found. */
    ANNOTATIONS
}
