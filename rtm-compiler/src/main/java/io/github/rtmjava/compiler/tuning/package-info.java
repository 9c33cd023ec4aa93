/**
 * The choice of ways for any backend: {@link Tuner} measures them with the backend's {@link Timer}
 * and keeps the times in a {@link TuningCache}, {@link WaySelector} chooses by a {@link CostModel}
 * within a budget of memory, {@link TunedPlans} plans memory by what was chosen.
 */
@NullMarked
package io.github.rtmjava.compiler.tuning;

import org.jspecify.annotations.NullMarked;
