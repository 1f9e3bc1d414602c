/** The web application that is measured, on Tomcat or Jetty, with the container's own sessions or ours. */
@NullMarked
package io.sessionfilter.bench.app;

import org.jspecify.annotations.NullMarked;
