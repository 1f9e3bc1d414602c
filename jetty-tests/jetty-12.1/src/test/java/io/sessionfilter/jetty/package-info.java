/** The container contract on Jetty 12.1. */
@NullMarked
package io.sessionfilter.jetty;

import org.jspecify.annotations.NullMarked;
