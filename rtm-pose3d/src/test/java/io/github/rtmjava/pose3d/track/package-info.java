/** People followed from frame to frame. */
@NullMarked
package io.github.rtmjava.pose3d.track;

import org.jspecify.annotations.NullMarked;
