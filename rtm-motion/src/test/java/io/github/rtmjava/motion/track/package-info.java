/** People followed from frame to frame. */
@NullMarked
package io.github.rtmjava.motion.track;

import org.jspecify.annotations.NullMarked;
