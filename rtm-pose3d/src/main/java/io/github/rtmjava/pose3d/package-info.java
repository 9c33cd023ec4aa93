/** Pose estimators, two- and three-dimensional. */
@NullMarked
package io.github.rtmjava.pose3d;

import org.jspecify.annotations.NullMarked;
