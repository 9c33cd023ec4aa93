/** RTMO: everybody's keypoints from a whole picture, in one stage. */
@NullMarked
package io.github.rtmjava.pose3d.rtmo;

import org.jspecify.annotations.NullMarked;
