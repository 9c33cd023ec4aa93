/** Networks as SameDiff graphs and the engine that runs them. */
@NullMarked
package io.github.rtmjava.samediff;

import org.jspecify.annotations.NullMarked;
