/** Poses made smooth over time: filters of signals, and of people with them. */
@NullMarked
package io.github.rtmjava.pose3d.smooth;

import org.jspecify.annotations.NullMarked;
