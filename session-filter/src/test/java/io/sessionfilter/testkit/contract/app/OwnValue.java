package io.sessionfilter.testkit.contract.app;

import java.io.Serializable;

/** An attribute value of a class of the application's own. */
record OwnValue(String text) implements Serializable {}
