/**
 * The demonstration, checked unattended: {@link io.sessionfilter.example.demo.check.Check} is the story,
 * {@code Browser} and {@code Page} are how it is told: over HTTP, with cookies, and with the forms that the pages have.
 */
@NullMarked
package io.sessionfilter.example.demo.check;

import org.jspecify.annotations.NullMarked;
