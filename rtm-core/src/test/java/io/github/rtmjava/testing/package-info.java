/** Helpers for the tests of all modules. */
@NullMarked
package io.github.rtmjava.testing;

import org.jspecify.annotations.NullMarked;
