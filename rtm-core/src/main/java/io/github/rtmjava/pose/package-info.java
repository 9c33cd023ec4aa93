/** Keypoints: datasets' metadata, SimCC decoding and results. */
@NullMarked
package io.github.rtmjava.pose;

import org.jspecify.annotations.NullMarked;
