/** What {@code rtm batch} costs, which works on Spark, beside {@code rtm infer}. */
@NullMarked
package io.github.rtmjava.benchmarks.spark;

import org.jspecify.annotations.NullMarked;
