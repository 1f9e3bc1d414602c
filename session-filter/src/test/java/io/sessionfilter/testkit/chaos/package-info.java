/**
 * Real memcached processes, real app nodes in processes of their own, and everything that can happen to them: kills, freezes, restarts, bad
 * networks, a balancer. Clients keep their cookies and a history; the simulation's checker decides what it says of the promises.
 *
 * <p>Start at {@link io.sessionfilter.testkit.chaos.ChaosContract}: a module for a container extends it and says how to start its app nodes.
 */
package io.sessionfilter.testkit.chaos;
