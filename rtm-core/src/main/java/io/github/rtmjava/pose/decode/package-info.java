/** Keypoints out of what networks return. */
@NullMarked
package io.github.rtmjava.pose.decode;

import org.jspecify.annotations.NullMarked;
