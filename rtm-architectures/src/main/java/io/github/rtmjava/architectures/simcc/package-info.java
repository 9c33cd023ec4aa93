/** Pose networks that classify coordinates over bins (SimCC): RTMPose, DWPose, RTMW, RTMW3D. */
@NullMarked
package io.github.rtmjava.architectures.simcc;

import org.jspecify.annotations.NullMarked;
