/** Joint and segment angles of the body, in pictures and in space. */
@NullMarked
package io.github.rtmjava.motion.angle;

import org.jspecify.annotations.NullMarked;
