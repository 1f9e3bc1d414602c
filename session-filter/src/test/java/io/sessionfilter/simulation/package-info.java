/**
 * The library against a simulated cluster: {@link io.sessionfilter.simulation.Simulation} runs the real heart and store of some app nodes over
 * modelled memcached nodes and a modelled network, in virtual time, one thread at a time, and repeats every run exactly by its seed. {@link
 * io.sessionfilter.simulation.Plan} says what clients do and what goes wrong, {@link io.sessionfilter.simulation.Checker} which promises the history
 * of a run breaks, {@link io.sessionfilter.simulation.Campaign} runs many.
 */
package io.sessionfilter.simulation;
