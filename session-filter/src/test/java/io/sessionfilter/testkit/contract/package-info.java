/**
 * The container contract: what the Servlet specification says of sessions, as black-box tests over HTTP, run on every
 * container.
 *
 * <p>A module that tests a container implements {@link io.sessionfilter.testkit.contract.ContainerUnderTest} and
 * extends {@link io.sessionfilter.testkit.contract.NativeSessionsContract} and {@link
 * io.sessionfilter.testkit.contract.OurSessionsContract}. The first runs the expectations against the container's own
 * sessions, to show that they are the container's; the second against ours. Where a container's own sessions do
 * otherwise, the test says so by {@link io.sessionfilter.testkit.contract.NativeDiffers}, and the native run checks
 * that they really do.
 *
 * <p>One container alone: {@code mvn -B -pl tomcat-tests/tomcat-11 -am test -Dtest='*OnTomcatTest'
 * -Dsurefire.failIfNoSpecifiedTests=false}. A failure shows all that went over the wire; what the library and Jetty
 * logged is in the module's {@code target/contract.log}.
 *
 * <p>The expectations are in the classes that end in {@code Contract}, by theme; the application they drive is in
 * {@code app}.
 */
@NullMarked
package io.sessionfilter.testkit.contract;

import org.jspecify.annotations.NullMarked;
