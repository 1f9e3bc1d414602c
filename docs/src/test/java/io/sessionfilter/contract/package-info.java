/**
 * What the container contract has decided on all containers, as one table, and whether {@code docs/servlet-contract.md} says the same.
 *
 * <p>Start at {@link io.sessionfilter.contract.ServletContractTest}. The results are files that the runs of the contract leave in {@code
 * target/contract} of their modules, so this module is built after them.
 */
@NullMarked
package io.sessionfilter.contract;

import org.jspecify.annotations.NullMarked;
