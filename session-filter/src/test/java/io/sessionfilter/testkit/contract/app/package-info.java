/**
 * The web application of the container contract: servlets that do what the request says, step by step.
 *
 * <p>Start at {@link io.sessionfilter.testkit.contract.app.ScriptServlet}; the steps are in the classes that end in
 * {@code Steps}. The classes of this package are copied into {@code WEB-INF/classes}, so they refer to nothing but
 * the JDK, the servlet API and each other.
 */
@NullMarked
package io.sessionfilter.testkit.contract.app;

import org.jspecify.annotations.NullMarked;
