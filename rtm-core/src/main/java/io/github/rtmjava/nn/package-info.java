/** The project's own network graph: typed operations over named weights, with shape inference. */
@NullMarked
package io.github.rtmjava.nn;

import org.jspecify.annotations.NullMarked;
