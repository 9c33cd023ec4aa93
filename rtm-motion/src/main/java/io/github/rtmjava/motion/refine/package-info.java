/** What is made of the poses of a whole video, once all of them are there. */
@NullMarked
package io.github.rtmjava.motion.refine;

import org.jspecify.annotations.NullMarked;
