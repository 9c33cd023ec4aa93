/** Load on {@code rtm serve}: {@link io.github.rtmjava.benchmarks.serve.ServeRun}. */
@NullMarked
package io.github.rtmjava.benchmarks.serve;

import org.jspecify.annotations.NullMarked;
