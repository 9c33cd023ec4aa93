/** A way to what the pose package keeps to itself. */
@NullMarked
package io.github.rtmjava.pose3d;

import org.jspecify.annotations.NullMarked;
