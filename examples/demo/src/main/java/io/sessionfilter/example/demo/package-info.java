/**
 * The demonstration: the message board on two app nodes, with everything around it, each a process of its own.
 *
 * <p>{@link io.sessionfilter.example.demo.Demo} is what {@code run.sh} starts; it starts the others and keeps them
 * ({@link io.sessionfilter.example.demo.Cluster}, {@link io.sessionfilter.example.demo.Member}). {@code TomcatNode}, {@code JettyNode}
 * and {@code Balancer} are programs of those other processes. The unattended check is in {@code .check}.
 */
@NullMarked
package io.sessionfilter.example.demo;

import org.jspecify.annotations.NullMarked;
