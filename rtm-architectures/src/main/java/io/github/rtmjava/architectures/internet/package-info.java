/** InterNet: the keypoints of two hands in three dimensions. */
@NullMarked
package io.github.rtmjava.architectures.internet;

import org.jspecify.annotations.NullMarked;
