/** Measures engines side by side. */
@NullMarked
package io.github.rtmjava.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
