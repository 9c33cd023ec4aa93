/** Worked examples, built and run by tests. */
@NullMarked
package io.github.rtmjava.examples;

import org.jspecify.annotations.NullMarked;
