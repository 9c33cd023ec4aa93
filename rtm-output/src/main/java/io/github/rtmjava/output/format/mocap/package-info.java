/** Results as motion capture: markers, angles, and skeletons that move. */
@NullMarked
package io.github.rtmjava.output.format.mocap;

import org.jspecify.annotations.NullMarked;
