/**
 * Networks to plans, for any fast engine: {@link Simplification} takes batch norms and constants
 * up, {@link Lowering} fuses operations into steps over channels-last maps, {@link MemoryPlan}
 * places values so that concatenations and slices need no copies, {@link Arena} gives them memory.
 */
@NullMarked
package io.github.rtmjava.compiler;

import org.jspecify.annotations.NullMarked;
