/** How well people are followed and smoothed over time, on the rendered clips. */
@NullMarked
package io.github.rtmjava.parity.time;

import org.jspecify.annotations.NullMarked;
