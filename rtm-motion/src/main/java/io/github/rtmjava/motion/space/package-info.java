/** Where people stand: floors and worlds, body height, the depth of the root, bone lengths. */
@NullMarked
package io.github.rtmjava.motion.space;

import org.jspecify.annotations.NullMarked;
