/**
 * What tests and demonstrations need and a library does not ship: memcached processes to kill and to freeze, a
 * memcached in memory that can lie, and a way to wait for a condition. Needs no test framework.
 */
package io.sessionfilter.testkit;
