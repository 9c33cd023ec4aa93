/** How well people are followed over time. */
@NullMarked
package io.github.rtmjava.eval.track;

import org.jspecify.annotations.NullMarked;
