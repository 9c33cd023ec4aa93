/** Pictures that are looked at while something is measured. */
@NullMarked
package io.github.rtmjava.benchmarks.pictures;

import org.jspecify.annotations.NullMarked;
