/** InterNet: the keypoints of two hands in three dimensions. */
@NullMarked
package io.github.rtmjava.pose3d.internet;

import org.jspecify.annotations.NullMarked;
