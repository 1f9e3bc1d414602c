/** A Spring Boot application on session-filter. */
package io.sessionfilter.example.boot;
