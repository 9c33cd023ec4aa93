/** Poses made smooth over time: filters of signals, and of people with them. */
@NullMarked
package io.github.rtmjava.motion.smooth;

import org.jspecify.annotations.NullMarked;
